// CasADi's virtual machine and ExprTk behind two functions each: open what `peers.py` wrote for a workload, and run it
// at a point; and what CasADi takes to build a gradient. `Benchmarks` loads this and calls it in turn with everything
// else.
#ifdef WITH_CASADI
#include <casadi/casadi.hpp>
#include <fstream>
#include <string>

namespace {
struct Machine {
  casadi::Function function;
  std::vector<casadi_int> indices;
  std::vector<double> work;
  std::vector<const double *> arguments;
  std::vector<double *> results;
};
}  // namespace

extern "C" void *casadi_open(const char *path) {
  if (!std::ifstream(path).good()) return nullptr;
  auto *machine = new Machine{casadi::Function::load(path), {}, {}, {}, {}};
  machine->indices.resize(machine->function.sz_iw());
  machine->work.resize(machine->function.sz_w());
  machine->arguments.resize(machine->function.sz_arg());
  machine->results.resize(machine->function.sz_res());
  return machine;
}

extern "C" double casadi_run(void *handle, const double *point, double *slopes) {
  auto *machine = static_cast<Machine *>(handle);
  double value;
  machine->arguments[0] = point;
  machine->results[0] = &value;
  machine->results[1] = slopes;
  machine->function(machine->arguments.data(), machine->results.data(), machine->indices.data(),
                    machine->work.data());
  return value;
}

/// Builds the graph of a formula of `count` variables (or nested so deep) and of its gradient, from C++, without any
/// text; also a function of the two that can be called, where that is asked for. The number of the gradient's parts.
extern "C" double casadi_build(const char *name, int count, bool with_function) {
  using casadi::SX;
  const std::string formula = name;
  const SX v = SX::sym("v", formula == "sines" ? 1 : count);
  const std::vector<SX> x = vertsplit(v);
  SX f = formula == "rosenbrock" ? SX(0) : x[0];
  for (size_t i = 0; formula == "rosenbrock" && i + 1 < x.size(); i++)
    f += 100 * sq(x[i + 1] - sq(x[i])) + sq(1 - x[i]);
  for (size_t i = 1; formula == "product" && i < x.size(); i++) f *= x[i];
  for (int depth = 0; formula == "sines" && depth < count; depth++) f = sin(f);
  const SX slopes = gradient(f, v);
  if (with_function) return double(casadi::Function("f", {v}, {f, slopes}).nnz_out(1));
  return double(slopes.nnz());
}
#endif

#ifdef WITH_EXPRTK
#define exprtk_disable_string_capabilities
#define exprtk_disable_rtl_io_file
#include "exprtk.hpp"
#include <cstdio>
#include <fstream>
#include <memory>

namespace {
/// A list of variables, then f, then its partial derivatives, a text a line; or one script that fills the gradient.
struct Formulas {
  std::vector<double> point;
  std::vector<double> slopes;
  std::vector<exprtk::expression<double>> expressions;
};
}  // namespace

extern "C" void *exprtk_open(const char *path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) return nullptr;
  auto formulas = std::make_unique<Formulas>();
  std::istringstream letters(line);
  std::vector<std::string> names;
  for (std::string name; letters >> name;) names.push_back(name);
  formulas->point.resize(names.size());
  formulas->slopes.resize(names.size());
  exprtk::symbol_table<double> table;
  for (size_t place = 0; place < names.size(); place++) table.add_variable(names[place], formulas->point[place]);
  table.add_vector("slopes", formulas->slopes);
  exprtk::parser<double> parser;
  while (std::getline(file, line)) {
    exprtk::expression<double> expression;
    expression.register_symbol_table(table);
    if (!parser.compile(line, expression)) {
      std::fprintf(stderr, "ExprTk, %s: %s\n", path, parser.error().c_str());
      return nullptr;
    }
    formulas->expressions.push_back(expression);
  }
  return formulas.release();
}

extern "C" double exprtk_run(void *handle, const double *point, double *slopes) {
  auto *formulas = static_cast<Formulas *>(handle);
  const size_t count = formulas->point.size();
  for (size_t place = 0; place < count; place++) formulas->point[place] = point[place];
  const double value = formulas->expressions[0].value();
  if (formulas->expressions.size() > 1) {
    for (size_t place = 0; place < count; place++) slopes[place] = formulas->expressions[place + 1].value();
  } else {
    for (size_t place = 0; place < count; place++) slopes[place] = formulas->slopes[place];
  }
  return value;
}
#endif
