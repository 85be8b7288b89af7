/// The style sheet of a page; the colours are those of the pictures.
enum PageStyle {
  static func text(_ theme: Theme) -> String {
    let sheet =
      switch theme {
      case .light: variables(.light)
      case .dark: variables(.dark)
      case .auto:
        variables(.light) + "@media (prefers-color-scheme:dark){" + variables(.dark) + "}"
      }
    return sheet + layout
  }

  private static func variables(_ palette: Palette) -> String {
    let isDark = palette.page == Palette.dark.page
    var text = ":root{color-scheme:\(isDark ? "dark" : "light");"
    text += "--ink:\(palette.ink.text);--muted:\(palette.muted.text);--faint:\(palette.faint.text);"
    text += "--page:\(palette.page.text);"
    for (place, colour) in palette.series.enumerated() { text += "--s\(place):\(colour.text);" }
    return text + "}"
  }

  private static let layout = #"""
    *{box-sizing:border-box}
    body{margin:0;background:var(--page);color:var(--ink);
    font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}
    main{max-width:52rem;margin:0 auto;padding:1rem}
    h1{font-size:1.35rem;font-weight:400;margin:.2rem 0;padding:.3rem 0;overflow:auto hidden}
    .gradient{margin:0 0 .6rem;padding:.2rem 0;overflow:auto hidden}
    math{font-size:1.1em}
    .gradient math{margin:.5rem 0}
    figure{margin:0}
    figure svg,figure canvas{display:block;width:100%;height:auto;max-width:100%}
    .picture svg{overflow:visible}
    .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;margin:.4rem 0;padding:0;font-size:.85rem}
    .legend li{display:flex;align-items:center;gap:.4rem}
    .legend svg{flex:none;width:24px;height:16px;overflow:visible}
    canvas{touch-action:none;cursor:grab}
    figcaption{color:var(--muted);font-size:.85rem;margin:.4rem 0}
    .row{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:.5rem 0}
    .row label{display:inline-flex;align-items:center;gap:.4rem}
    .note{flex-basis:100%;margin:0;color:var(--muted);font-size:.85rem}
    .grow{flex:1 1 18rem}
    .rates{flex:1 1 20rem;flex-wrap:nowrap}
    .rates label{flex:1 1 8rem}
    input[type=range]{width:100%;min-height:2.4rem;accent-color:var(--s1)}
    input[type=number]{width:8rem;font:inherit;padding:.35rem;background:var(--page);color:var(--ink);
    border:1px solid var(--muted);border-radius:.3rem}
    button{font:inherit;min-width:2.8rem;min-height:2.6rem;padding:.2rem .9rem;border-radius:.4rem;
    border:1px solid var(--muted);background:var(--page);color:var(--ink);cursor:pointer}
    button:hover{border-color:var(--ink)}
    :focus-visible{outline:3px solid var(--s0);outline-offset:2px}
    .swatch{width:1.6rem;height:.3rem;border-radius:.2rem;display:inline-block}
    .dashed{mask:repeating-linear-gradient(90deg,#000 0 5px,transparent 5px 9px)}
    output,.read{font-variant-numeric:tabular-nums;min-height:1.5em;display:block}
    .hover{color:var(--muted)}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}
    td,th{padding:.1rem .8rem;text-align:right}
    th{border-bottom:1px solid var(--muted);font-weight:600}
    tr.here td{font-weight:600}
    .scroll{max-height:22rem;overflow:auto}
    fieldset{border:0;margin:0;padding:0;display:contents}
    legend{float:left;padding:0;margin-right:.2rem}
    .answer{margin:.6rem 0;overflow-x:auto}
    .answer td:first-child,.answer th:first-child{text-align:left}
    .answer p{margin:.4rem 0}
    .handle,.grip{cursor:grab;touch-action:none}
    .handle:focus-visible{outline:none;stroke-width:4}
    [hidden]{display:none!important}
    @media(max-width:34rem){
    .picture .nabla text{font-size:21px}
    .picture .nabla .m{font-size:24px}
    main{padding:.8rem}
    }
    @media print{
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    main{max-width:none;padding:0}
    .picture svg{max-height:16cm}
    .row,.hover,.grip,details:not([open]),#views{display:none!important}
    }
    """#
}
