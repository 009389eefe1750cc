// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda

#include "load.h"

#include <stdio.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
#define LIBRARY "nvcuda.dll"
#else
#include <dlfcn.h>
#include <pthread.h>
#define LIBRARY "libcuda.so.1"
#endif

static void **entries; // by number; NULL: not in this driver
static CUresult state = CUDA_ERROR_NOT_INITIALIZED;
static char reason[512];

// refuse notes why there is no driver.
static void refuse(CUresult status, const char *what, const char *detail) {
	state = status;
	snprintf(reason, sizeof reason, "%s%s", what, detail ? detail : "");
}

#ifdef _WIN32
static void *open_library(const char *path) {
	void *library = (void *)LoadLibraryExA(path, NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
	if (!library)
		refuse(CUDA_ERROR_NO_DEVICE, "no NVIDIA driver: not found: ", path);
	return library;
}

static void *symbol(void *library, const char *name) { return (void *)GetProcAddress((HMODULE)library, name); }
#else
static void *open_library(const char *path) {
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!library)
		refuse(CUDA_ERROR_NO_DEVICE, "no NVIDIA driver: ", dlerror());
	return library;
}

static void *symbol(void *library, const char *name) { return dlsym(library, name); }
#endif

typedef CUresult(CUDAAPI *init_function)(unsigned int);
typedef CUresult(CUDAAPI *words_function)(CUresult, const char **);

static words_function words_of; // NULL: not in this driver

// describe writes an error in words.
static void describe(CUresult status, char *to, size_t n) {
	const char *words = NULL;
	if (words_of)
		words_of(status, &words);
	snprintf(to, n, "%s (CUDA error %d)", words ? words : "unknown error", (int)status);
}

// start starts the driver.
static void start(init_function init) {
	state = init(0);
	if (state == CUDA_SUCCESS)
		return;
	char detail[300];
	describe(state, detail, sizeof detail);
	refuse(state, "the NVIDIA driver is installed but does not start: ", detail);
}

static void load(void) {
	const char *path = getenv("DIFFFIT_LIBCUDA");
	if (path && !strcmp(path, "off")) {
		refuse(CUDA_ERROR_NO_DEVICE, "CUDA is switched off by DIFFFIT_LIBCUDA=off", NULL);
		return;
	}
	if (!path || !*path)
		path = LIBRARY;
	void *library = open_library(path); // for good: drivers do not like to be unloaded
	if (!library)
		return;
	init_function init = (init_function)symbol(library, "cuInit");
	entries = calloc((size_t)difffit_symbol_count, sizeof *entries);
	if (!init || !entries) {
		refuse(CUDA_ERROR_SHARED_OBJECT_SYMBOL_NOT_FOUND, "not an NVIDIA driver, has no cuInit: ", path);
		return;
	}
	for (int i = 0; i < difffit_symbol_count; i++)
		entries[i] = symbol(library, difffit_symbols[i]);
	words_of = (words_function)symbol(library, "cuGetErrorString");
	start(init);
}

#ifdef _WIN32
static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

static BOOL CALLBACK load_once(PINIT_ONCE o, PVOID p, PVOID *c) {
	(void)o, (void)p, (void)c;
	load();
	return TRUE;
}

static void ensure(void) { InitOnceExecuteOnce(&once, load_once, NULL, NULL); }
#else
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void ensure(void) { pthread_once(&once, load); }
#endif

// cuInit is called by gorgonia.org/cu when the program starts: see driver.go.
HIDDEN CUresult CUDAAPI cuInit(unsigned int flags) {
	(void)flags;
	return CUDA_SUCCESS;
}

void *difffit_entry(int number, CUresult *status) {
	ensure();
	if (state != CUDA_SUCCESS) {
		*status = state;
		return NULL;
	}
	if (!entries[number])
		*status = CUDA_ERROR_NOT_FOUND;
	return entries[number];
}

void difffit_describe(int status, char *to, size_t n) {
	ensure();
	describe((CUresult)status, to, n);
}

CUresult difffit_status(char *why, size_t n) {
	ensure();
	snprintf(why, n, "%s", reason);
	return state;
}
