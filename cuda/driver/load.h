// SPDX-License-Identifier: BSD-3-Clause
//
// Between load.c, which loads the library, and forward.c, which calls it.

#pragma once

#include "cuda.h"

// Go links programs so that their symbols are exported; these are not to be,
// or another library could find them in place of the driver's.
#ifdef _WIN32
#define HIDDEN
#else
#define HIDDEN __attribute__((visibility("hidden")))
#endif

// difffit_symbols are the names in the driver's library, in the order of
// CU_ENTRIES.
extern HIDDEN const char *const difffit_symbols[];
extern HIDDEN const int difffit_symbol_count;

// difffit_entry returns the function with the given number, or NULL and why in
// *status.
HIDDEN void *difffit_entry(int number, CUresult *status);

// difffit_describe writes an error in words in the n bytes at to.
HIDDEN void difffit_describe(int status, char *to, size_t n);

// difffit_status returns CUDA_SUCCESS, or why there is no driver, in words in
// the n bytes at why.
HIDDEN CUresult difffit_status(char *why, size_t n);
