// SPDX-License-Identifier: BSD-3-Clause
//
// The part of PTX that our kernels use, as the interpreter has it. What is not
// in the table of instructions is refused when a module is loaded; so are
// operations whose result is not fixed to the last bit.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ptx {

constexpr int lanes = 32; // threads in a warp

enum class Op : uint8_t {
	add32, add64, addf, addfm, subf, mulf, mul32, mul64, mulw32, mad32, fmaf, divf, rcpf, sqrtf, negf, minf, maxf,
	rem32, and32, and64, or32, xor32, andp, orp, xorp, notp, shl32, shl64, shr32, shr64, prmt,
	mov32, mov64, movp, sel32, sel64, f_u32, u32_f, u32_u64, u64_u32,
	set_s32, set_u32, set_s64, set_u64, set_f32,
	ld_param, ld_global, ld_shared, st_global, st_shared,
	bra, bar, shfl_down, ret,
};

enum class Compare : uint8_t { eq, ne, lt, le, gt, ge, equ, neu, ltu, leu, gtu, geu };

// An Instruction reads and writes slots: each has a value for every lane of a
// warp. Constants and special registers are slots, too.
struct Instruction {
	Op op;
	Compare compare = Compare::eq;
	uint8_t vector = 1;  // values loaded or stored at once
	int line = 0;        // in the text
	int guard = -1;      // slot of the predicate
	bool unless = false; // the predicate must be false
	int slot[5] = {-1, -1, -1, -1, -1};
	int64_t offset = 0; // of an address; number of a parameter; distance of a shuffle
	int target = -1;    // of a branch
};

// A Function is a kernel.
struct Function {
	std::string name;
	std::vector<Instruction> code;
	int parameters = 0;
	int most_threads = 1024; // of a block
	size_t shared = 0;       // bytes
	int slots = 0;
	std::map<uint64_t, int> constants;  // value: slot
	std::map<std::string, int> special; // register: slot
};

// parse reads a module. It returns false and what is wrong with it.
bool parse(const std::string &text, std::map<std::string, Function> *functions, std::string *wrong);

// A Span is a piece of device memory, none if it is empty.
struct Span {
	uint64_t begin = 0, end = 0;
};

// A Launch is one start of a kernel.
struct Launch {
	const Function *function;
	std::vector<uint64_t> arguments;
	uint32_t blocks, threads;
	std::function<Span(uint64_t)> memory; // the allocation that has an address
};

// run runs a launch to its end. It returns 0, or the error of the driver and
// what happened in *what. It adds to *executed the instructions of all threads.
int run(const Launch &launch, std::string *what, uint64_t *executed);

} // namespace ptx
