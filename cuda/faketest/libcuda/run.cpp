// SPDX-License-Identifier: BSD-3-Clause
//
// Runs kernels: a warp at a time, all its lanes with one instruction, so that
// the compiler makes vectors of them. Lanes that went different ways are
// groups; the group that is furthest behind goes first, and joins the next one
// when it has come to the same place.

#include "ptx.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <mutex>
#include <thread>

namespace ptx {
namespace {

constexpr uint32_t all = ~0u;
constexpr int illegal_address = 700, launch_failed = 719, misaligned_address = 716, illegal_instruction = 715;

// A Slot has the values of a register: predicates and 32 bits in w.
struct alignas(64) Slot {
	union {
		uint32_t w[lanes];
		float f[lanes];
	};
	uint64_t d[lanes];
};

// A Group is the lanes that are at the same place.
struct Group {
	int at;
	uint32_t mask;
};

struct Warp {
	std::vector<Slot> slots;
	std::vector<Group> ready, waiting; // ready: sorted, the furthest behind last
	uint32_t whole = all, live = all;  // lanes: there are; have not returned
};

struct Fault {
	int status;
	std::string what;
};

float add_down(float a, float b) { // rounded towards −∞; no sum here overflows
	float s = a + b, t = s - a;
	float lost = (a - (s - t)) + (b - t); // exact (D. E. Knuth, TAOCP 2, 4.2.2)
	return lost < 0 ? nextafterf(s, -INFINITY) : s;
}

float least(float a, float b) { return a != a ? b : b != b ? a : a < b ? a : b; }
float most(float a, float b) { return a != a ? b : b != b ? a : a > b ? a : b; }
uint32_t whole(float a) { return !(a > 0) ? 0 : a >= 4294967296.f ? all : (uint32_t)a; }

uint32_t permuted(uint32_t a, uint32_t b, uint32_t by) {
	uint64_t bytes = (uint64_t)b << 32 | a;
	uint32_t r = 0;
	for (int i = 0; i < 4; i++)
		r |= (uint32_t)(bytes >> (by >> 4 * i & 7) * 8 & 255) << 8 * i;
	return r;
}

// put sets the lanes of the mask.
template <class T, class F> inline __attribute__((always_inline)) void put(T *to, uint32_t mask, F f) {
	if (mask == all)
		for (int l = 0; l < lanes; l++)
			to[l] = f(l);
	else
		for (int l = 0; l < lanes; l++)
			if (mask >> l & 1)
				to[l] = f(l);
}

template <class T> bool holds(Compare c, T a, T b) {
	switch (c) {
	case Compare::eq: return a == b;
	case Compare::ne: return a != b && a == a && b == b;
	case Compare::lt: return a < b;
	case Compare::le: return a <= b;
	case Compare::gt: return a > b;
	case Compare::ge: return a >= b;
	case Compare::equ: return !(a < b) && !(a > b);
	case Compare::neu: return a != b;
	case Compare::ltu: return !(a >= b);
	case Compare::leu: return !(a > b);
	case Compare::gtu: return !(a <= b);
	case Compare::geu: return !(a < b);
	}
	return false;
}

// A Block runs the blocks of a launch, one after the other.
class Block {
public:
	explicit Block(const Launch &l) : launch(l), f(*l.function), warps((l.threads + lanes - 1) / lanes), shared(f.shared), seen(f.code.size()) {
		for (Warp &w : warps) {
			w.slots.resize(f.slots);
			for (auto &c : f.constants)
				for (int i = 0; i < lanes; i++)
					w.slots[c.second].w[i] = (uint32_t)c.first, w.slots[c.second].d[i] = c.first;
		}
	}

	uint64_t executed = 0;

	void run(uint32_t number) {
		memset(shared.data(), 0xff, shared.size()); // not a number: reading before writing shows
		for (size_t i = 0; i < warps.size(); i++)
			begin(warps[i], (uint32_t)i, number);
		for (size_t phase = number;; phase++) {
			size_t over = 0, at_barrier = 0;
			for (size_t i = 0; i < warps.size(); i++) { // first to last and last to first: races show
				Warp &w = warps[phase % 2 ? warps.size() - 1 - i : i];
				step(w);
				over += w.live == 0;
				at_barrier += w.live != 0;
			}
			if (over == warps.size())
				return;
			if (at_barrier != warps.size())
				throw Fault{launch_failed, "a barrier is not reached by all threads of the block"};
			for (Warp &w : warps)
				w.ready.swap(w.waiting);
		}
	}

private:
	const Launch &launch;
	const Function &f;
	std::vector<Warp> warps;
	std::vector<unsigned char> shared;
	std::vector<Span> seen; // the allocation that each instruction last used

	void begin(Warp &w, uint32_t index, uint32_t number) {
		for (auto &s : f.special) {
			Slot &slot = w.slots[s.second];
			for (uint32_t l = 0; l < lanes; l++)
				slot.w[l] = s.first == "%tid.x" ? index * lanes + l : s.first == "%ntid.x" ? launch.threads : s.first == "%ctaid.x" ? number : launch.blocks;
		}
		uint32_t rest = launch.threads - index * lanes;
		w.whole = w.live = rest >= lanes ? all : (1u << rest) - 1;
		w.ready.assign(1, {0, w.live});
		w.waiting.clear();
	}

	// step runs a warp until all its lanes wait at a barrier or have returned.
	void step(Warp &w) {
		while (!w.ready.empty()) {
			advance(w);
			if (!w.ready.empty() || w.waiting.empty())
				continue;
			if (w.waiting[0].mask != w.whole)
				throw Fault{launch_failed, "a barrier or shuffle is not reached by all lanes" + line(w.waiting[0].at)};
			Group &g = w.waiting[0];
			const Instruction &i = f.code[g.at];
			g.at++;
			if (i.op == Op::bar)
				return;
			shuffle(w, i);
			w.ready.swap(w.waiting);
		}
	}

	std::string line(int at) { return ", line " + std::to_string(f.code[at].line); }

	static void shuffle(Warp &w, const Instruction &i) {
		Slot from = w.slots[i.slot[1]];
		for (int l = 0; l < lanes; l++)
			w.slots[i.slot[0]].w[l] = from.w[l + i.offset < lanes ? l + i.offset : l];
	}

	// insert keeps ready sorted, and joins groups at the same place.
	static void insert(std::vector<Group> &ready, Group g) {
		size_t k = ready.size();
		while (k > 0 && ready[k - 1].at < g.at)
			k--;
		if (k > 0 && ready[k - 1].at == g.at)
			ready[k - 1].mask |= g.mask;
		else
			ready.insert(ready.begin() + (ptrdiff_t)k, g);
	}

	static void wait(Warp &w, Group g) {
		auto o = std::find_if(w.waiting.begin(), w.waiting.end(), [&](Group &o) { return o.at == g.at; });
		if (o == w.waiting.end())
			w.waiting.push_back(g);
		else
			o->mask |= g.mask;
	}

	// advance runs the group that is furthest behind until it has caught up
	// with another, waits or is over.
	void advance(Warp &w) {
		Group g = w.ready.back();
		w.ready.pop_back();
		int next = w.ready.empty() ? -1 : w.ready.back().at;
		for (uint64_t count = __builtin_popcount(g.mask);;) {
			if (next >= 0 && g.at >= next) {
				insert(w.ready, g);
				return;
			}
			const Instruction &i = f.code[g.at];
			executed += count;
			uint32_t mask = g.mask;
			if (i.guard >= 0)
				mask &= chosen(w.slots[i.guard], i.unless);
			if (i.op == Op::bar || i.op == Op::shfl_down) {
				if (mask != g.mask)
					throw Fault{illegal_instruction, "a barrier under a condition" + line(g.at)};
				wait(w, g);
				return;
			}
			if (i.op == Op::ret) {
				w.live &= ~mask;
				if ((g.mask &= ~mask) == 0)
					return;
				g.at++;
			} else if (i.op != Op::bra) {
				if (mask)
					execute(w, i, mask);
				g.at++;
			} else if (mask == g.mask) {
				g.at = i.target;
			} else if (mask) {
				insert(w.ready, {i.target, mask});
				insert(w.ready, {g.at + 1, g.mask & ~mask});
				return;
			} else {
				g.at++;
			}
		}
	}

	static uint32_t chosen(const Slot &p, bool unless) {
		uint32_t m = 0;
		for (int l = 0; l < lanes; l++)
			m |= (uint32_t)(p.w[l] & 1) << l;
		return unless ? ~m : m;
	}

	void execute(Warp &w, const Instruction &i, uint32_t mask) {
		Slot *s = w.slots.data();
		switch (i.op) {
		case Op::ld_param:
			return put(s[i.slot[0]].d, mask, [&](int) { return launch.arguments[i.offset]; });
		case Op::ld_global:
		case Op::st_global:
			return global(s, i, mask);
		case Op::ld_shared:
		case Op::st_shared:
			return local(s, i, mask);
		case Op::set_s32:
		case Op::set_u32:
		case Op::set_s64:
		case Op::set_u64:
		case Op::set_f32:
			return compare(s, i, mask);
		default:
			return compute(s, i, mask);
		}
	}

	static void compare(Slot *s, const Instruction &i, uint32_t mask) {
		Slot &r = s[i.slot[0]], &a = s[i.slot[1]], &b = s[i.slot[2]];
		Compare c = i.compare;
		switch (i.op) {
		case Op::set_s32: return put(r.w, mask, [&](int l) { return holds(c, (int32_t)a.w[l], (int32_t)b.w[l]); });
		case Op::set_u32: return put(r.w, mask, [&](int l) { return holds(c, a.w[l], b.w[l]); });
		case Op::set_s64: return put(r.w, mask, [&](int l) { return holds(c, (int64_t)a.d[l], (int64_t)b.d[l]); });
		case Op::set_u64: return put(r.w, mask, [&](int l) { return holds(c, a.d[l], b.d[l]); });
		default: return put(r.w, mask, [&](int l) { return holds(c, a.f[l], b.f[l]); });
		}
	}
	// allocation finds where an address belongs, first where the instruction
	// found its last one.
	unsigned char *allocation(const Instruction &i, uint64_t address, size_t bytes) {
		Span &span = seen[&i - f.code.data()];
		if (address < span.begin || address + bytes > span.end) {
			span = launch.memory(address);
			if (address < span.begin || address + bytes > span.end)
				throw Fault{illegal_address, "an access outside of all allocations, line " + std::to_string(i.line)};
		}
		if (address % bytes)
			throw Fault{misaligned_address, "a misaligned access, line " + std::to_string(i.line)};
		return (unsigned char *)address;
	}

	void global(Slot *s, const Instruction &i, uint32_t mask) {
		for (int l = 0; l < lanes; l++) {
			if (!(mask >> l & 1)) continue;
			unsigned char *p = allocation(i, s[i.slot[4]].d[l] + (uint64_t)i.offset, 4 * (size_t)i.vector);
			for (int k = 0; k < i.vector; k++)
				if (i.op == Op::ld_global)
					memcpy(&s[i.slot[k]].w[l], p + 4 * k, 4);
				else
					memcpy(p + 4 * k, &s[i.slot[k]].w[l], 4);
		}
	}

	void local(Slot *s, const Instruction &i, uint32_t mask) {
		for (int l = 0; l < lanes; l++) {
			if (!(mask >> l & 1)) continue;
			uint64_t a = s[i.slot[4]].d[l] + (uint64_t)i.offset;
			if (a > shared.size() || a + 4 > shared.size() || a % 4)
				throw Fault{illegal_address, "an access outside of shared memory, line " + std::to_string(i.line)};
			if (i.op == Op::ld_shared)
				memcpy(&s[i.slot[0]].w[l], &shared[a], 4);
			else
				memcpy(&shared[a], &s[i.slot[0]].w[l], 4);
		}
	}

	static void compute(Slot *s, const Instruction &i, uint32_t mask);
};

#define A(x) s[i.slot[1]].x[l]
#define B(x) s[i.slot[2]].x[l]
#define C(x) s[i.slot[3]].x[l]
#define EACH(x, value) return put(s[i.slot[0]].x, mask, [=](int l) { return value; })

void Block::compute(Slot *s, const Instruction &i, uint32_t mask) {
	if (i.op == Op::prmt && s[i.slot[3]].w[0] & 0x8888)
		throw Fault{illegal_instruction, "a selection of signs, line " + std::to_string(i.line)};
	switch (i.op) {
	case Op::addf: EACH(f, A(f) + B(f));
	case Op::addfm: EACH(f, add_down(A(f), B(f)));
	case Op::subf: EACH(f, A(f) - B(f));
	case Op::mulf: EACH(f, A(f) * B(f));
	case Op::fmaf: EACH(f, __builtin_fmaf(A(f), B(f), C(f)));
	case Op::divf: EACH(f, A(f) / B(f));
	case Op::rcpf: EACH(f, 1.f / A(f));
	case Op::sqrtf: EACH(f, __builtin_sqrtf(A(f)));
	case Op::negf: EACH(w, A(w) ^ 0x80000000u);
	case Op::minf: EACH(f, least(A(f), B(f)));
	case Op::maxf: EACH(f, most(A(f), B(f)));
	case Op::add32: EACH(w, A(w) + B(w));
	case Op::mul32: EACH(w, A(w) * B(w));
	case Op::mad32: EACH(w, A(w) * B(w) + C(w));
	case Op::rem32: EACH(w, B(w) ? A(w) % B(w) : all);
	case Op::and32: EACH(w, A(w) & B(w));
	case Op::or32: EACH(w, A(w) | B(w));
	case Op::xor32: EACH(w, A(w) ^ B(w));
	case Op::shl32: EACH(w, B(w) < 32 ? A(w) << B(w) : 0);
	case Op::shr32: EACH(w, B(w) < 32 ? A(w) >> B(w) : 0);
	case Op::prmt: EACH(w, permuted(A(w), B(w), C(w)));
	case Op::mov32: EACH(w, A(w));
	case Op::sel32: EACH(w, C(w) ? A(w) : B(w));
	case Op::movp: EACH(w, (uint32_t)(A(w) != 0));
	case Op::andp: EACH(w, A(w) & B(w));
	case Op::orp: EACH(w, A(w) | B(w));
	case Op::xorp: EACH(w, A(w) ^ B(w));
	case Op::notp: EACH(w, A(w) ^ 1);
	case Op::f_u32: EACH(f, (float)A(w));
	case Op::u32_f: EACH(w, whole(A(f)));
	case Op::u32_u64: EACH(w, (uint32_t)A(d));
	case Op::u64_u32: EACH(d, (uint64_t)A(w));
	case Op::add64: EACH(d, A(d) + B(d));
	case Op::mul64: EACH(d, A(d) * B(d));
	case Op::mulw32: EACH(d, (uint64_t)A(w) * B(w));
	case Op::and64: EACH(d, A(d) & B(d));
	case Op::shl64: EACH(d, B(w) < 64 ? A(d) << B(w) : 0);
	case Op::shr64: EACH(d, B(w) < 64 ? A(d) >> B(w) : 0);
	case Op::mov64: EACH(d, A(d));
	case Op::sel64: EACH(d, C(w) ? A(d) : B(d));
	default: throw Fault{illegal_instruction, "an instruction that is not run, line " + std::to_string(i.line)};
	}
}

} // namespace

int run(const Launch &launch, std::string *what, uint64_t *executed) {
	std::atomic<uint32_t> next{0};
	std::atomic<int> status{0};
	std::mutex guard;
	auto work = [&] {
		Block block(launch);
		try {
			for (uint32_t b; !status && (b = next++) < launch.blocks;)
				block.run(b);
		} catch (const Fault &fault) {
			std::lock_guard<std::mutex> hold(guard);
			if (!status)
				status = fault.status, *what = launch.function->name + ": " + fault.what;
		}
		std::lock_guard<std::mutex> hold(guard);
		*executed += block.executed;
	};
	std::vector<std::thread> others;
	for (unsigned n = std::min({launch.blocks, std::thread::hardware_concurrency(), 8u}); n > 1; n--)
		others.emplace_back(work);
	work();
	for (std::thread &t : others) t.join();
	return status;
}

} // namespace ptx
