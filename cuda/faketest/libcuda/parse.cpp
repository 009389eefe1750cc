// SPDX-License-Identifier: BSD-3-Clause
//
// Reads PTX.

#include "ptx.h"

#include <cctype>
#include <cstring>
#include <sstream>

namespace ptx {
namespace {

struct Form {
	Op op;
	int operands;
	Compare compare = Compare::eq;
};

// forms has every instruction that is known. PTX that was made with
// approximations (.approx, .ftz, .full) has others, and so has arithmetic
// without a stated rounding, which the assembler may fuse.
std::map<std::string, Form> make_forms() {
	std::map<std::string, Form> f = {
		{"add.s32", {Op::add32, 3}}, {"add.s64", {Op::add64, 3}}, {"add.rn.f32", {Op::addf, 3}}, {"add.rm.f32", {Op::addfm, 3}},
		{"sub.rn.f32", {Op::subf, 3}}, {"mul.rn.f32", {Op::mulf, 3}}, {"mul.lo.s32", {Op::mul32, 3}}, {"mul.lo.s64", {Op::mul64, 3}},
		{"mul.wide.u32", {Op::mulw32, 3}}, {"mad.lo.s32", {Op::mad32, 4}}, {"fma.rn.f32", {Op::fmaf, 4}}, {"div.rn.f32", {Op::divf, 3}},
		{"rcp.rn.f32", {Op::rcpf, 2}}, {"sqrt.rn.f32", {Op::sqrtf, 2}}, {"neg.f32", {Op::negf, 2}}, {"min.f32", {Op::minf, 3}},
		{"max.f32", {Op::maxf, 3}}, {"rem.u32", {Op::rem32, 3}}, {"and.b32", {Op::and32, 3}}, {"and.b64", {Op::and64, 3}},
		{"or.b32", {Op::or32, 3}}, {"xor.b32", {Op::xor32, 3}}, {"and.pred", {Op::andp, 3}}, {"or.pred", {Op::orp, 3}},
		{"xor.pred", {Op::xorp, 3}}, {"not.pred", {Op::notp, 2}}, {"shl.b32", {Op::shl32, 3}}, {"shl.b64", {Op::shl64, 3}},
		{"shr.u32", {Op::shr32, 3}}, {"shr.u64", {Op::shr64, 3}}, {"prmt.b32", {Op::prmt, 4}},
		{"mov.b32", {Op::mov32, 2}}, {"mov.u32", {Op::mov32, 2}}, {"mov.f32", {Op::mov32, 2}}, {"mov.b64", {Op::mov64, 2}},
		{"mov.u64", {Op::mov64, 2}}, {"mov.pred", {Op::movp, 2}}, {"selp.b32", {Op::sel32, 4}}, {"selp.f32", {Op::sel32, 4}},
		{"selp.b64", {Op::sel64, 4}}, {"cvt.rn.f32.u32", {Op::f_u32, 2}}, {"cvt.rzi.u32.f32", {Op::u32_f, 2}},
		{"cvt.u32.u64", {Op::u32_u64, 2}}, {"cvt.u64.u32", {Op::u64_u32, 2}}, {"cvta.global.u64", {Op::mov64, 2}},
		{"cvta.to.global.u64", {Op::mov64, 2}}, {"ld.param.u64", {Op::ld_param, 2}}, {"bar.sync", {Op::bar, 1}},
		{"shfl.sync.down.b32", {Op::shfl_down, 5}}, {"bra", {Op::bra, 1}}, {"bra.uni", {Op::bra, 1}}, {"ret", {Op::ret, 0}},
	};
	for (const char *type : {"f32", "u32", "b32"}) {
		for (const char *from : {"ld.", "ld.global.", "ld.global.nc."})
			for (const char *vector : {"", "v2.", "v4."})
				f[std::string(from) + vector + type] = {Op::ld_global, 2};
		f[std::string("ld.shared.") + type] = {Op::ld_shared, 2};
		f[std::string("st.global.") + type] = {Op::st_global, 2};
		f[std::string("st.shared.") + type] = {Op::st_shared, 2};
	}
	const char *compares[] = {"eq", "ne", "lt", "le", "gt", "ge", "equ", "neu", "ltu", "leu", "gtu", "geu"};
	const std::pair<const char *, Op> types[] = {
		{"s32", Op::set_s32}, {"u32", Op::set_u32}, {"s64", Op::set_s64}, {"u64", Op::set_u64}, {"f32", Op::set_f32}};
	for (int c = 0; c < 12; c++)
		for (auto &t : types)
			if (c < 6 || t.second == Op::set_f32)
				f[std::string("setp.") + compares[c] + "." + t.first] = {t.second, 3, (Compare)c};
	return f;
}

const std::map<std::string, Form> forms = make_forms();

std::string trimmed(const std::string &s) {
	size_t a = s.find_first_not_of(" \t\r"), b = s.find_last_not_of(" \t\r");
	return a == std::string::npos ? "" : s.substr(a, b - a + 1);
}

bool starts(const std::string &s, const char *with) { return s.compare(0, strlen(with), with) == 0; }

// A Reader reads one kernel at a time.
class Reader {
public:
	explicit Reader(std::map<std::string, Function> *out) : functions(out) {}

	bool line(std::string s) {
		number++;
		s = trimmed(s.substr(0, s.find("//")));
		if (s.empty())
			return true;
		return inside ? body(s) : head(s);
	}

	bool end() { return !inside || wrong("the kernel has no end"); }

	std::string what;

private:
	std::map<std::string, Function> *functions;
	Function *f = nullptr;
	int number = 0;
	bool inside = false;
	std::map<std::string, int> registers, labels, parameters;
	std::map<std::string, uint64_t> variables; // in shared memory
	std::vector<std::pair<int, std::string>> branches;

	bool wrong(const std::string &s) {
		what = "line " + std::to_string(number) + ": " + s;
		return false;
	}

	bool head(const std::string &s) {
		size_t at = s.find(".entry");
		if (at != std::string::npos) {
			std::string name = trimmed(s.substr(at + 6));
			name = trimmed(name.substr(0, name.find('(')));
			f = &(*functions)[name];
			f->name = name;
			registers.clear(), labels.clear(), parameters.clear(), variables.clear(), branches.clear();
		} else if (starts(s, ".param")) {
			if (!starts(s, ".param .u64"))
				return wrong("parameter that is not .u64: " + s);
			std::string name = trimmed(s.substr(11));
			if (name.back() == ',')
				name.pop_back();
			parameters[name] = f->parameters++;
		} else if (starts(s, ".maxntid")) {
			f->most_threads = atoi(s.c_str() + 8);
		} else if (s == "{") {
			inside = true;
		} else if (s != ")" && !starts(s, ".version") && !starts(s, ".target") && !starts(s, ".address_size")) {
			return wrong("unknown: " + s);
		}
		return true;
	}

	bool body(const std::string &s) {
		if (s == "}")
			return close();
		if (s == ".pragma \"nounroll\";")
			return true;
		if (starts(s, ".reg"))
			return declare(s);
		if (starts(s, ".shared"))
			return share(s);
		if (s.back() == ':') {
			labels[s.substr(0, s.size() - 1)] = (int)f->code.size();
			return true;
		}
		if (s.back() != ';')
			return wrong("no semicolon: " + s);
		return instruction(s.substr(0, s.size() - 1));
	}

	bool close() {
		for (auto &b : branches) {
			auto l = labels.find(b.second);
			if (l == labels.end())
				return wrong("no label " + b.second);
			f->code[b.first].target = l->second;
		}
		if (f->code.empty() || (f->code.back().op != Op::ret && f->code.back().op != Op::bra))
			return wrong("the kernel does not return");
		inside = false;
		return true;
	}

	bool declare(const std::string &s) { // .reg .f32 %f<9>;
		size_t name = s.find('%'), count = s.find('<');
		if (name == std::string::npos || count == std::string::npos)
			return wrong("registers: " + s);
		for (int i = 0; i < atoi(s.c_str() + count + 1); i++)
			registers[s.substr(name, count - name) + std::to_string(i)] = f->slots++;
		return true;
	}

	bool share(const std::string &s) { // .shared .align 4 .b8 name[680];
		std::stringstream words(s);
		std::string shared, align, type, name;
		size_t alignment = 0, bytes = 4;
		words >> shared >> align >> alignment >> type >> name;
		size_t bracket = name.find('[');
		if (align != ".align" || alignment == 0 || name.empty())
			return wrong("shared memory: " + s);
		if (bracket != std::string::npos)
			bytes = strtoul(name.c_str() + bracket + 1, nullptr, 10) * (type == ".b8" ? 1 : 4);
		name = name.substr(0, bracket != std::string::npos ? bracket : name.size() - 1);
		f->shared = (f->shared + alignment - 1) / alignment * alignment;
		variables[name] = f->shared;
		f->shared += bytes;
		return true;
	}

	int constant(uint64_t v) {
		auto c = f->constants.find(v);
		return c != f->constants.end() ? c->second : f->constants[v] = f->slots++;
	}

	bool operand(const std::string &s, int *slot) {
		auto r = registers.find(s);
		if (r != registers.end()) {
			*slot = r->second;
			return true;
		}
		for (const char *name : {"%tid.x", "%ntid.x", "%ctaid.x", "%nctaid.x"})
			if (s == name) {
				auto c = f->special.find(s);
				*slot = c != f->special.end() ? c->second : f->special[s] = f->slots++;
				return true;
			}
		auto v = variables.find(s);
		if (v != variables.end())
			*slot = constant(v->second);
		else if (starts(s, "0f"))
			*slot = constant(strtoul(s.c_str() + 2, nullptr, 16));
		else if (!s.empty() && (isdigit((unsigned char)s[0]) || s[0] == '-'))
			*slot = constant((uint64_t)strtoll(s.c_str(), nullptr, 0));
		else
			return wrong("operand " + s);
		return true;
	}

	// address reads [name+offset].
	bool address(std::string s, Instruction *i, int *slot) {
		if (s.size() < 2 || s[0] != '[' || s.back() != ']')
			return wrong("address " + s);
		s = s.substr(1, s.size() - 2);
		size_t plus = s.find('+');
		if (plus != std::string::npos)
			i->offset = strtoll(s.c_str() + plus + 1, nullptr, 10), s = s.substr(0, plus);
		if (i->op != Op::ld_param)
			return operand(s, slot);
		auto p = parameters.find(s);
		if (p == parameters.end())
			return wrong("parameter " + s);
		i->offset = p->second;
		return true;
	}

	// split separates operands at commas outside of braces.
	static std::vector<std::string> split(const std::string &s) {
		std::vector<std::string> out;
		std::string word;
		int depth = 0;
		for (char c : s) {
			depth += (c == '{') - (c == '}');
			if (c == ',' && depth == 0)
				out.push_back(trimmed(word)), word.clear();
			else
				word += c;
		}
		if (!trimmed(word).empty())
			out.push_back(trimmed(word));
		return out;
	}

	bool instruction(std::string s) {
		Instruction i;
		i.line = number;
		if (s[0] == '@') {
			size_t space = s.find(' ');
			i.unless = s[1] == '!';
			if (!operand(s.substr(i.unless ? 2 : 1, space - (i.unless ? 2 : 1)), &i.guard))
				return false;
			s = trimmed(s.substr(space));
		}
		size_t space = s.find_first_of(" \t%");
		std::string name = s.substr(0, space);
		auto form = forms.find(name);
		if (form == forms.end())
			return wrong("instruction not known, or not exact: " + name);
		i.op = form->second.op, i.compare = form->second.compare;
		std::vector<std::string> words = space == std::string::npos ? std::vector<std::string>() : split(s.substr(space));
		if ((int)words.size() != form->second.operands)
			return wrong("operands of " + s);
		return operands(words, &i) && (f->code.push_back(i), true);
	}

	bool operands(const std::vector<std::string> &words, Instruction *i) {
		switch (i->op) {
		case Op::bra:
			branches.push_back({(int)f->code.size(), words[0]});
			return true;
		case Op::bar:
			return words[0] == "0" || wrong("barrier " + words[0]);
		case Op::shfl_down:
			if (words[3] != "31" || words[4] != "-1")
				return wrong("shuffle of a part of the warp");
			i->offset = atoi(words[2].c_str());
			return operand(words[0], &i->slot[0]) && operand(words[1], &i->slot[1]);
		case Op::ld_param:
		case Op::ld_global:
		case Op::ld_shared:
			return values(words[0], i) && address(words[1], i, &i->slot[4]);
		case Op::st_global:
		case Op::st_shared:
			return values(words[1], i) && address(words[0], i, &i->slot[4]);
		default:
			for (size_t k = 0; k < words.size(); k++)
				if (!operand(words[k], &i->slot[k]))
					return false;
			return true;
		}
	}

	// values reads what is loaded or stored: a register or {a, b, c, d}.
	bool values(const std::string &s, Instruction *i) {
		if (s[0] != '{')
			return operand(s, &i->slot[0]);
		std::vector<std::string> each = split(s.substr(1, s.size() - 2));
		if (each.size() != 2 && each.size() != 4)
			return wrong("vector " + s);
		i->vector = (uint8_t)each.size();
		for (size_t k = 0; k < each.size(); k++)
			if (!operand(each[k], &i->slot[k]))
				return false;
		return true;
	}
};

} // namespace

bool parse(const std::string &text, std::map<std::string, Function> *functions, std::string *wrong) {
	std::stringstream lines(text);
	std::string line;
	Reader r(functions);
	while (std::getline(lines, line))
		if (!r.line(line)) {
			*wrong = r.what;
			return false;
		}
	*wrong = r.end() ? "" : r.what;
	return wrong->empty();
}

} // namespace ptx
