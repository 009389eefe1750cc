// SPDX-License-Identifier: BSD-3-Clause
//
// A stand-in for NVIDIA's driver library, for tests: its device interprets the
// PTX it is given. It is stricter than the driver: it wants a current context,
// knows whom every handle belongs to, runs nothing in a stream before somebody
// waits for it, and after a fault that leaves the process unusable it refuses
// everything. Copies to the device come late, too, as those from memory that is
// not page-locked may; a stream that does not wait for the default stream does
// not see them. It counts what lives, and fails when it is told to.

#include "../../driver/include/cuda.h"
#include "ptx.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <mutex>
#include <set>
#include <unistd.h>

#define EXPORT extern "C" __attribute__((visibility("default")))
#define ENTRY EXPORT CUresult

namespace {

typedef std::lock_guard<std::mutex> Hold;

struct Module {
	std::map<std::string, ptx::Function> functions;
};

typedef std::function<CUresult()> Task;

struct Context {
	std::map<uint64_t, size_t> memory;
	std::set<Module *> modules;
	std::map<CUstream, std::deque<Task>> streams; // nullptr: the default stream, and those that wait for it
	std::set<CUstream> waiting;                   // those
	size_t used = 0;
};

struct Failure {
	std::string function;
	int after; // calls that succeed
	CUresult status;
};

std::mutex guard; // of all that follows
bool started;
size_t memory = (size_t)1 << 30;
CUresult lost; // what left the process unusable
uint64_t executed;
std::string fault;
std::set<Context *> contexts;
std::deque<Failure> failures;
std::map<std::string, int> calls;
thread_local Context *current;

bool is_sticky(CUresult e) { return (e >= 700 && e <= 719 && (e < 704 || e > 709 || e == 707)) || e == 214 || e == 999; }

CUresult note(CUresult e) {
	if (is_sticky(e))
		lost = e;
	return e;
}

// admit counts a call and says whether it may go on.
CUresult admit(const char *function, bool in_context) {
	if (!started)
		return CUDA_ERROR_NOT_INITIALIZED;
	calls[function]++;
	for (auto f = failures.begin(); f != failures.end(); ++f)
		if (f->function == function && f->after-- == 0) {
			CUresult e = f->status;
			failures.erase(f);
			if ((int)e > 0)
				return note(e);
			usleep(1000 * (useconds_t)-(int)e); // it is to be slow
			break;
		}
	if (lost)
		return lost;
	if (in_context && !contexts.count(current))
		return CUDA_ERROR_INVALID_CONTEXT;
	return CUDA_SUCCESS;
}

#define ADMIT(in_context) \
	Hold hold(guard); \
	if (CUresult refused = admit(__func__, in_context)) \
		return refused;

ptx::Span span_of(Context *c, uint64_t address) {
	auto m = c->memory.upper_bound(address);
	if (m == c->memory.begin())
		return {};
	--m;
	return {m->first, m->first + m->second};
}

bool owns(Context *c, uint64_t address, size_t bytes) {
	ptx::Span s = span_of(c, address);
	return s.begin <= address && address + bytes <= s.end && s.end != 0;
}

std::deque<Task> &queue_of(Context *c, CUstream s) { return c->streams[c->waiting.count(s) ? nullptr : s]; }

CUresult drain(Context *c, CUstream stream) {
	auto &queue = queue_of(c, stream);
	CUresult first = CUDA_SUCCESS;
	while (!queue.empty()) {
		CUresult e = lost ? lost : note(queue.front()());
		queue.pop_front();
		first = first ? first : e;
	}
	return first;
}

bool has_stream(Context *c, CUstream s) { return s == nullptr || c->streams.count(s) || c->waiting.count(s); }

void destroy(Context *c) {
	for (auto &m : c->memory)
		free((void *)m.first);
	for (Module *m : c->modules)
		delete m;
	delete c;
}

} // namespace

// What tests ask of the stand-in.

EXPORT void fake_fail(const char *function, int after, int status) {
	Hold hold(guard);
	failures.push_back({function, after, (CUresult)status});
}

EXPORT void fake_memory(size_t bytes) {
	Hold hold(guard);
	memory = bytes;
}

// fake_reset forgets faults and counts, as a new process would.
EXPORT void fake_reset(void) {
	Hold hold(guard);
	failures.clear(), calls.clear(), fault.clear();
	lost = CUDA_SUCCESS, executed = 0, memory = (size_t)1 << 30;
	for (Context *c : contexts)
		destroy(c);
	contexts.clear();
}

EXPORT int fake_calls(const char *function) {
	Hold hold(guard);
	return calls[function];
}

EXPORT unsigned long long fake_executed(void) {
	Hold hold(guard);
	return executed;
}

// fake_fault writes what a kernel did wrong.
EXPORT void fake_fault(char *to, size_t n) {
	Hold hold(guard);
	snprintf(to, n, "%s", fault.c_str());
}

// fake_live counts contexts, allocations, modules and streams.
EXPORT void fake_live(int count[4]) {
	Hold hold(guard);
	for (int i = 0; i < 4; i++)
		count[i] = 0;
	for (Context *c : contexts) {
		count[0]++, count[1] += (int)c->memory.size(), count[2] += (int)c->modules.size();
		count[3] += (int)c->waiting.size();
		for (auto &s : c->streams)
			count[3] += s.first != nullptr;
	}
}

// The driver's interface.

ENTRY cuInit(unsigned int) {
	Hold hold(guard);
	const char *status = getenv("FAKECUDA_INIT");
	if (status)
		return (CUresult)atoi(status);
	started = true;
	return CUDA_SUCCESS;
}

ENTRY cuGetErrorString(CUresult e, const char **words) {
	switch ((int)e) {
	case 2: *words = "out of memory"; break;
	case 100: *words = "no CUDA-capable device is detected"; break;
	case 719: *words = "unspecified launch failure"; break;
	default: return CUDA_ERROR_INVALID_VALUE;
	}
	return CUDA_SUCCESS;
}

ENTRY cuDriverGetVersion(int *v) {
	*v = 12000;
	return CUDA_SUCCESS;
}

ENTRY cuDeviceGetCount(int *n) {
	ADMIT(false);
	*n = getenv("FAKECUDA_NONE") ? 0 : 1;
	return CUDA_SUCCESS;
}

ENTRY cuDeviceGet(CUdevice *d, int i) {
	ADMIT(false);
	*d = 0;
	return i == 0 ? CUDA_SUCCESS : CUDA_ERROR_INVALID_DEVICE;
}

ENTRY cuDeviceGetName(char *name, int n, CUdevice) {
	ADMIT(false);
	snprintf(name, (size_t)n, "stand-in");
	return CUDA_SUCCESS;
}

ENTRY cuDeviceGetAttribute(int *v, CUdevice_attribute a, CUdevice) {
	ADMIT(false);
	switch ((int)a) {
	case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR: *v = 8; break;
	case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR: *v = 9; break;
	case CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT: *v = 2; break;
	case CU_DEVICE_ATTRIBUTE_CLOCK_RATE: *v = 1000000; break;
	default: return CUDA_ERROR_INVALID_VALUE;
	}
	return CUDA_SUCCESS;
}

ENTRY cuCtxCreate_v2(CUcontext *out, unsigned int, CUdevice) {
	ADMIT(false);
	current = new Context;
	contexts.insert(current);
	*out = (CUcontext)current;
	return CUDA_SUCCESS;
}

ENTRY cuCtxDestroy_v2(CUcontext context) {
	Hold hold(guard); // also after a fault
	calls[__func__]++;
	Context *c = (Context *)context;
	if (!contexts.erase(c))
		return CUDA_ERROR_INVALID_CONTEXT;
	destroy(c);
	current = nullptr;
	return CUDA_SUCCESS;
}

ENTRY cuCtxSetCurrent(CUcontext c) {
	ADMIT(false);
	if (c && !contexts.count((Context *)c))
		return CUDA_ERROR_INVALID_CONTEXT;
	current = (Context *)c;
	return CUDA_SUCCESS;
}

ENTRY cuCtxSynchronize(void) {
	ADMIT(true);
	CUresult first = CUDA_SUCCESS;
	for (auto &s : current->streams) {
		CUresult e = drain(current, s.first);
		first = first ? first : e;
	}
	return first;
}

ENTRY cuMemAlloc_v2(CUdeviceptr *out, size_t n) {
	ADMIT(true);
	if (n == 0)
		return CUDA_ERROR_INVALID_VALUE;
	if (current->used + n > memory)
		return CUDA_ERROR_OUT_OF_MEMORY;
	void *p = aligned_alloc(256, (n + 255) / 256 * 256);
	if (!p)
		return CUDA_ERROR_OUT_OF_MEMORY;
	memset(p, 0xff, n); // not a number: reading before writing shows
	current->memory[(uint64_t)p] = n;
	current->used += n;
	*out = (CUdeviceptr)p;
	return CUDA_SUCCESS;
}

ENTRY cuMemFree_v2(CUdeviceptr p) {
	ADMIT(true);
	auto m = current->memory.find(p);
	if (m == current->memory.end())
		return CUDA_ERROR_INVALID_VALUE;
	current->used -= m->second;
	current->memory.erase(m);
	free((void *)p);
	return CUDA_SUCCESS;
}

ENTRY cuMemcpyHtoD_v2(CUdeviceptr to, const void *from, size_t n) {
	ADMIT(true);
	if (!owns(current, to, n))
		return CUDA_ERROR_INVALID_VALUE;
	Context *c = current;
	std::string bytes((const char *)from, n);
	c->streams[nullptr].push_back([c, to, bytes] {
		if (owns(c, to, bytes.size())) // else it was freed, which waits for the copy
			memcpy((void *)to, bytes.data(), bytes.size());
		return CUDA_SUCCESS;
	});
	return CUDA_SUCCESS;
}

ENTRY cuMemcpyDtoH_v2(void *to, CUdeviceptr from, size_t n) {
	ADMIT(true);
	if (!owns(current, from, n))
		return CUDA_ERROR_INVALID_VALUE;
	if (CUresult failed = drain(current, nullptr))
		return failed;
	memcpy(to, (const void *)from, n);
	return CUDA_SUCCESS;
}

ENTRY cuModuleLoadData(CUmodule *out, const void *image) {
	ADMIT(true);
	Module *m = new Module;
	if (!ptx::parse((const char *)image, &m->functions, &fault)) {
		delete m;
		return CUDA_ERROR_INVALID_PTX;
	}
	current->modules.insert(m);
	*out = (CUmodule)m;
	return CUDA_SUCCESS;
}

ENTRY cuModuleUnload(CUmodule m) {
	ADMIT(true);
	if (!current->modules.erase((Module *)m))
		return CUDA_ERROR_INVALID_HANDLE;
	delete (Module *)m;
	return CUDA_SUCCESS;
}

ENTRY cuModuleGetFunction(CUfunction *out, CUmodule m, const char *name) {
	ADMIT(true);
	if (!current->modules.count((Module *)m))
		return CUDA_ERROR_INVALID_HANDLE;
	auto f = ((Module *)m)->functions.find(name);
	if (f == ((Module *)m)->functions.end())
		return CUDA_ERROR_NOT_FOUND;
	*out = (CUfunction)&f->second;
	return CUDA_SUCCESS;
}

ENTRY cuLaunchKernel(CUfunction function, unsigned int gx, unsigned int gy, unsigned int gz, unsigned int bx, unsigned int by,
		unsigned int bz, unsigned int, CUstream stream, void **arguments, void **) {
	ADMIT(true);
	auto *f = (const ptx::Function *)function;
	if (gx == 0 || gy != 1 || gz != 1 || bx == 0 || by != 1 || bz != 1 || (int)bx > f->most_threads)
		return CUDA_ERROR_INVALID_VALUE;
	if (!has_stream(current, stream))
		return CUDA_ERROR_INVALID_HANDLE;
	Context *c = current;
	ptx::Launch launch = {f, {}, gx, bx, [c](uint64_t address) { return span_of(c, address); }};
	for (int i = 0; i < f->parameters; i++) {
		launch.arguments.push_back(0);
		memcpy(&launch.arguments.back(), arguments[i], 8);
	}
	queue_of(c, stream).push_back([launch] { return (CUresult)ptx::run(launch, &fault, &executed); });
	return CUDA_SUCCESS;
}

ENTRY cuStreamCreate(CUstream *out, unsigned int flags) {
	ADMIT(true);
	static uintptr_t last;
	*out = (CUstream)++last;
	if (flags & CU_STREAM_NON_BLOCKING)
		current->streams[*out];
	else
		current->waiting.insert(*out);
	return CUDA_SUCCESS;
}

ENTRY cuStreamDestroy_v2(CUstream s) {
	ADMIT(true);
	if (!s || !has_stream(current, s))
		return CUDA_ERROR_INVALID_HANDLE;
	CUresult e = drain(current, s);
	current->streams.erase(s), current->waiting.erase(s);
	return e;
}

ENTRY cuStreamSynchronize(CUstream s) {
	ADMIT(true);
	return has_stream(current, s) ? drain(current, s) : CUDA_ERROR_INVALID_HANDLE;
}
