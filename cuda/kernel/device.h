// SPDX-License-Identifier: BSD-3-Clause
//
// What the kernels need of the device, in clang's own words: no header of the
// CUDA toolkit is used.
//
// Only operations are used whose result IEEE 754 fixes to the last bit (add,
// multiply, fused multiply-add, divide, square root, minimum, conversions), and
// the compiler may not fuse by itself (-ffp-contract=off). So the same PTX has
// the same result on every card, and in the interpreter of the tests.

#pragma once

#define KERNEL extern "C" __attribute__((global, launch_bounds(512)))
#define DEVICE static __attribute__((device, always_inline)) inline
#define SHARED static __attribute__((shared))
#define RESTRICT __restrict__

typedef unsigned long long u64;
typedef unsigned int u32;

// Vectors that are loaded at once, from memory that nobody writes.
typedef float float4v __attribute__((ext_vector_type(4)));
typedef int int4v __attribute__((ext_vector_type(4)));

#define THREAD ((u32)__nvvm_read_ptx_sreg_tid_x())
#define THREADS ((u32)__nvvm_read_ptx_sreg_ntid_x())
#define BLOCK ((u32)__nvvm_read_ptx_sreg_ctaid_x())
#define BARRIER() __syncthreads()

DEVICE float4v load4(const float4v *p) { return __nvvm_ldg_f4(p); }
DEVICE int4v load4(const int4v *p) { return __nvvm_ldg_i4(p); }
DEVICE float load(const float *p) { return __nvvm_ldg_f(p); }

DEVICE float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
DEVICE float root(float a) { return __nvvm_sqrt_rn_f(a); }
DEVICE float smaller(float a, float b) { return __nvvm_fmin_f(a, b); } // the other one if one is NaN
DEVICE float larger(float a, float b) { return __nvvm_fmax_f(a, b); }
DEVICE float down(float a, float b) { return __nvvm_add_rm_f(a, b); } // a+b, rounded down
DEVICE u32 bits(float a) { return __builtin_bit_cast(u32, a); }
DEVICE float number(u32 a) { return __builtin_bit_cast(float, a); }
DEVICE u32 pick(u32 a, u32 b, u32 bytes) { return __nvvm_prmt(a, b, bytes); }
DEVICE float shuffle_down(float v, int by) { return __nvvm_shfl_sync_down_f32(0xffffffffu, v, by, 31); }

// again returns p; the compiler cannot know that, and so loads what p points
// to once more instead of keeping it in registers through the inner loop.
template <class T> DEVICE T *again(T *p) {
	asm volatile("" : "+l"(p));
	return p;
}

// copy moves words between memories, by all threads of the block. There is a
// barrier before and after.
template <class T> DEVICE void copy(T *to, const T *from) {
	static_assert(sizeof(T) % sizeof(u32) == 0, "words");
	BARRIER();
	for (u32 i = THREAD; i < sizeof(T) / sizeof(u32); i += THREADS)
		((u32 *)to)[i] = ((const u32 *)from)[i];
	BARRIER();
}
