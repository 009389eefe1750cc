// SPDX-License-Identifier: BSD-3-Clause
//
// The entry points of the CUDA driver that gorgonia.org/cu refers to: name in
// C, symbol in the driver's library, types of the arguments. The symbols are
// those of the 64-bit interface, which has versions in its names.

#pragma once

// clang-format off
#define CU_ENTRIES(E) \
	E(cuInit, cuInit, (unsigned int)) \
	E(cuDriverGetVersion, cuDriverGetVersion, (int *)) \
	E(cuDeviceGet, cuDeviceGet, (CUdevice *, int)) \
	E(cuDeviceGetCount, cuDeviceGetCount, (int *)) \
	E(cuDeviceGetName, cuDeviceGetName, (char *, int, CUdevice)) \
	E(cuDeviceGetUuid, cuDeviceGetUuid, (CUuuid *, CUdevice)) \
	E(cuDeviceTotalMem, cuDeviceTotalMem_v2, (size_t *, CUdevice)) \
	E(cuDeviceGetAttribute, cuDeviceGetAttribute, (int *, CUdevice_attribute, CUdevice)) \
	E(cuDeviceGetP2PAttribute, cuDeviceGetP2PAttribute, (int *, CUdevice_P2PAttribute, CUdevice, CUdevice)) \
	E(cuDeviceCanAccessPeer, cuDeviceCanAccessPeer, (int *, CUdevice, CUdevice)) \
	E(cuDevicePrimaryCtxRetain, cuDevicePrimaryCtxRetain, (CUcontext *, CUdevice)) \
	E(cuDevicePrimaryCtxRelease, cuDevicePrimaryCtxRelease_v2, (CUdevice)) \
	E(cuDevicePrimaryCtxSetFlags, cuDevicePrimaryCtxSetFlags_v2, (CUdevice, unsigned int)) \
	E(cuDevicePrimaryCtxGetState, cuDevicePrimaryCtxGetState, (CUdevice, unsigned int *, int *)) \
	E(cuDevicePrimaryCtxReset, cuDevicePrimaryCtxReset_v2, (CUdevice)) \
	E(cuCtxCreate, cuCtxCreate_v2, (CUcontext *, unsigned int, CUdevice)) \
	E(cuCtxDestroy, cuCtxDestroy_v2, (CUcontext)) \
	E(cuCtxPushCurrent, cuCtxPushCurrent_v2, (CUcontext)) \
	E(cuCtxPopCurrent, cuCtxPopCurrent_v2, (CUcontext *)) \
	E(cuCtxSetCurrent, cuCtxSetCurrent, (CUcontext)) \
	E(cuCtxGetCurrent, cuCtxGetCurrent, (CUcontext *)) \
	E(cuCtxGetDevice, cuCtxGetDevice, (CUdevice *)) \
	E(cuCtxGetFlags, cuCtxGetFlags, (unsigned int *)) \
	E(cuCtxSynchronize, cuCtxSynchronize, (void)) \
	E(cuCtxSetLimit, cuCtxSetLimit, (CUlimit, size_t)) \
	E(cuCtxGetLimit, cuCtxGetLimit, (size_t *, CUlimit)) \
	E(cuCtxGetCacheConfig, cuCtxGetCacheConfig, (CUfunc_cache *)) \
	E(cuCtxSetCacheConfig, cuCtxSetCacheConfig, (CUfunc_cache)) \
	E(cuCtxGetSharedMemConfig, cuCtxGetSharedMemConfig, (CUsharedconfig *)) \
	E(cuCtxSetSharedMemConfig, cuCtxSetSharedMemConfig, (CUsharedconfig)) \
	E(cuCtxGetApiVersion, cuCtxGetApiVersion, (CUcontext, unsigned int *)) \
	E(cuCtxGetStreamPriorityRange, cuCtxGetStreamPriorityRange, (int *, int *)) \
	E(cuCtxResetPersistingL2Cache, cuCtxResetPersistingL2Cache, (void)) \
	E(cuCtxEnablePeerAccess, cuCtxEnablePeerAccess, (CUcontext, unsigned int)) \
	E(cuCtxDisablePeerAccess, cuCtxDisablePeerAccess, (CUcontext)) \
	E(cuModuleLoad, cuModuleLoad, (CUmodule *, const char *)) \
	E(cuModuleLoadData, cuModuleLoadData, (CUmodule *, const void *)) \
	E(cuModuleLoadDataEx, cuModuleLoadDataEx, (CUmodule *, const void *, unsigned int, CUjit_option *, void **)) \
	E(cuModuleLoadFatBinary, cuModuleLoadFatBinary, (CUmodule *, const void *)) \
	E(cuModuleUnload, cuModuleUnload, (CUmodule)) \
	E(cuModuleGetFunction, cuModuleGetFunction, (CUfunction *, CUmodule, const char *)) \
	E(cuModuleGetGlobal, cuModuleGetGlobal_v2, (CUdeviceptr *, size_t *, CUmodule, const char *)) \
	E(cuModuleGetTexRef, cuModuleGetTexRef, (CUtexref *, CUmodule, const char *)) \
	E(cuModuleGetSurfRef, cuModuleGetSurfRef, (CUsurfref *, CUmodule, const char *)) \
	E(cuLinkCreate, cuLinkCreate_v2, (unsigned int, CUjit_option *, void **, CUlinkState *)) \
	E(cuLinkAddData, cuLinkAddData_v2, (CUlinkState, CUjitInputType, void *, size_t, const char *, unsigned int, CUjit_option *, void **)) \
	E(cuLinkAddFile, cuLinkAddFile_v2, (CUlinkState, CUjitInputType, const char *, unsigned int, CUjit_option *, void **)) \
	E(cuLinkComplete, cuLinkComplete, (CUlinkState, void **, size_t *)) \
	E(cuLinkDestroy, cuLinkDestroy, (CUlinkState)) \
	E(cuMemGetInfo, cuMemGetInfo_v2, (size_t *, size_t *)) \
	E(cuMemAlloc, cuMemAlloc_v2, (CUdeviceptr *, size_t)) \
	E(cuMemAllocPitch, cuMemAllocPitch_v2, (CUdeviceptr *, size_t *, size_t, size_t, unsigned int)) \
	E(cuMemFree, cuMemFree_v2, (CUdeviceptr)) \
	E(cuMemGetAddressRange, cuMemGetAddressRange_v2, (CUdeviceptr *, size_t *, CUdeviceptr)) \
	E(cuMemFreeHost, cuMemFreeHost, (void *)) \
	E(cuMemHostAlloc, cuMemHostAlloc, (void **, size_t, unsigned int)) \
	E(cuMemAllocManaged, cuMemAllocManaged, (CUdeviceptr *, size_t, unsigned int)) \
	E(cuMemcpy, cuMemcpy, (CUdeviceptr, CUdeviceptr, size_t)) \
	E(cuMemcpyPeer, cuMemcpyPeer, (CUdeviceptr, CUcontext, CUdeviceptr, CUcontext, size_t)) \
	E(cuMemcpyHtoD, cuMemcpyHtoD_v2, (CUdeviceptr, const void *, size_t)) \
	E(cuMemcpyDtoH, cuMemcpyDtoH_v2, (void *, CUdeviceptr, size_t)) \
	E(cuMemcpyDtoD, cuMemcpyDtoD_v2, (CUdeviceptr, CUdeviceptr, size_t)) \
	E(cuMemcpyDtoA, cuMemcpyDtoA_v2, (CUarray, size_t, CUdeviceptr, size_t)) \
	E(cuMemcpyAtoD, cuMemcpyAtoD_v2, (CUdeviceptr, CUarray, size_t, size_t)) \
	E(cuMemcpyHtoA, cuMemcpyHtoA_v2, (CUarray, size_t, const void *, size_t)) \
	E(cuMemcpyAtoH, cuMemcpyAtoH_v2, (void *, CUarray, size_t, size_t)) \
	E(cuMemcpyAtoA, cuMemcpyAtoA_v2, (CUarray, size_t, CUarray, size_t, size_t)) \
	E(cuMemcpy2D, cuMemcpy2D_v2, (const CUDA_MEMCPY2D *)) \
	E(cuMemcpy2DUnaligned, cuMemcpy2DUnaligned_v2, (const CUDA_MEMCPY2D *)) \
	E(cuMemcpy3D, cuMemcpy3D_v2, (const CUDA_MEMCPY3D *)) \
	E(cuMemcpy3DPeer, cuMemcpy3DPeer, (const CUDA_MEMCPY3D_PEER *)) \
	E(cuMemcpyAsync, cuMemcpyAsync, (CUdeviceptr, CUdeviceptr, size_t, CUstream)) \
	E(cuMemcpyPeerAsync, cuMemcpyPeerAsync, (CUdeviceptr, CUcontext, CUdeviceptr, CUcontext, size_t, CUstream)) \
	E(cuMemcpyHtoDAsync, cuMemcpyHtoDAsync_v2, (CUdeviceptr, const void *, size_t, CUstream)) \
	E(cuMemcpyDtoHAsync, cuMemcpyDtoHAsync_v2, (void *, CUdeviceptr, size_t, CUstream)) \
	E(cuMemcpyDtoDAsync, cuMemcpyDtoDAsync_v2, (CUdeviceptr, CUdeviceptr, size_t, CUstream)) \
	E(cuMemcpyHtoAAsync, cuMemcpyHtoAAsync_v2, (CUarray, size_t, const void *, size_t, CUstream)) \
	E(cuMemcpyAtoHAsync, cuMemcpyAtoHAsync_v2, (void *, CUarray, size_t, size_t, CUstream)) \
	E(cuMemcpy2DAsync, cuMemcpy2DAsync_v2, (const CUDA_MEMCPY2D *, CUstream)) \
	E(cuMemcpy3DAsync, cuMemcpy3DAsync_v2, (const CUDA_MEMCPY3D *, CUstream)) \
	E(cuMemcpy3DPeerAsync, cuMemcpy3DPeerAsync, (const CUDA_MEMCPY3D_PEER *, CUstream)) \
	E(cuMemsetD8, cuMemsetD8_v2, (CUdeviceptr, unsigned char, size_t)) \
	E(cuMemsetD16, cuMemsetD16_v2, (CUdeviceptr, unsigned short, size_t)) \
	E(cuMemsetD32, cuMemsetD32_v2, (CUdeviceptr, unsigned int, size_t)) \
	E(cuMemsetD2D8, cuMemsetD2D8_v2, (CUdeviceptr, size_t, unsigned char, size_t, size_t)) \
	E(cuMemsetD2D16, cuMemsetD2D16_v2, (CUdeviceptr, size_t, unsigned short, size_t, size_t)) \
	E(cuMemsetD2D32, cuMemsetD2D32_v2, (CUdeviceptr, size_t, unsigned int, size_t, size_t)) \
	E(cuMemsetD8Async, cuMemsetD8Async, (CUdeviceptr, unsigned char, size_t, CUstream)) \
	E(cuMemsetD16Async, cuMemsetD16Async, (CUdeviceptr, unsigned short, size_t, CUstream)) \
	E(cuMemsetD32Async, cuMemsetD32Async, (CUdeviceptr, unsigned int, size_t, CUstream)) \
	E(cuMemsetD2D8Async, cuMemsetD2D8Async, (CUdeviceptr, size_t, unsigned char, size_t, size_t, CUstream)) \
	E(cuMemsetD2D16Async, cuMemsetD2D16Async, (CUdeviceptr, size_t, unsigned short, size_t, size_t, CUstream)) \
	E(cuMemsetD2D32Async, cuMemsetD2D32Async, (CUdeviceptr, size_t, unsigned int, size_t, size_t, CUstream)) \
	E(cuMemPrefetchAsync, cuMemPrefetchAsync, (CUdeviceptr, size_t, CUdevice, CUstream)) \
	E(cuMemAdvise, cuMemAdvise, (CUdeviceptr, size_t, CUmem_advise, CUdevice)) \
	E(cuPointerGetAttribute, cuPointerGetAttribute, (void *, CUpointer_attribute, CUdeviceptr)) \
	E(cuPointerSetAttribute, cuPointerSetAttribute, (const void *, CUpointer_attribute, CUdeviceptr)) \
	E(cuArrayCreate, cuArrayCreate_v2, (CUarray *, const CUDA_ARRAY_DESCRIPTOR *)) \
	E(cuArrayGetDescriptor, cuArrayGetDescriptor_v2, (CUDA_ARRAY_DESCRIPTOR *, CUarray)) \
	E(cuArrayDestroy, cuArrayDestroy, (CUarray)) \
	E(cuArray3DCreate, cuArray3DCreate_v2, (CUarray *, const CUDA_ARRAY3D_DESCRIPTOR *)) \
	E(cuArray3DGetDescriptor, cuArray3DGetDescriptor_v2, (CUDA_ARRAY3D_DESCRIPTOR *, CUarray)) \
	E(cuStreamCreate, cuStreamCreate, (CUstream *, unsigned int)) \
	E(cuStreamCreateWithPriority, cuStreamCreateWithPriority, (CUstream *, unsigned int, int)) \
	E(cuStreamGetPriority, cuStreamGetPriority, (CUstream, int *)) \
	E(cuStreamGetFlags, cuStreamGetFlags, (CUstream, unsigned int *)) \
	E(cuStreamWaitEvent, cuStreamWaitEvent, (CUstream, CUevent, unsigned int)) \
	E(cuStreamAttachMemAsync, cuStreamAttachMemAsync, (CUstream, CUdeviceptr, size_t, unsigned int)) \
	E(cuStreamQuery, cuStreamQuery, (CUstream)) \
	E(cuStreamSynchronize, cuStreamSynchronize, (CUstream)) \
	E(cuStreamDestroy, cuStreamDestroy_v2, (CUstream)) \
	E(cuStreamWaitValue32, cuStreamWaitValue32, (CUstream, CUdeviceptr, cuuint32_t, unsigned int)) \
	E(cuStreamWriteValue32, cuStreamWriteValue32, (CUstream, CUdeviceptr, cuuint32_t, unsigned int)) \
	E(cuEventCreate, cuEventCreate, (CUevent *, unsigned int)) \
	E(cuEventRecord, cuEventRecord, (CUevent, CUstream)) \
	E(cuEventQuery, cuEventQuery, (CUevent)) \
	E(cuEventSynchronize, cuEventSynchronize, (CUevent)) \
	E(cuEventDestroy, cuEventDestroy_v2, (CUevent)) \
	E(cuEventElapsedTime, cuEventElapsedTime, (float *, CUevent, CUevent)) \
	E(cuFuncGetAttribute, cuFuncGetAttribute, (int *, CUfunction_attribute, CUfunction)) \
	E(cuFuncSetAttribute, cuFuncSetAttribute, (CUfunction, CUfunction_attribute, int)) \
	E(cuFuncSetCacheConfig, cuFuncSetCacheConfig, (CUfunction, CUfunc_cache)) \
	E(cuFuncSetSharedMemConfig, cuFuncSetSharedMemConfig, (CUfunction, CUsharedconfig)) \
	E(cuLaunchKernel, cuLaunchKernel, (CUfunction, unsigned int, unsigned int, unsigned int, unsigned int, unsigned int, unsigned int, unsigned int, CUstream, void **, void **)) \
	E(cuOccupancyMaxActiveBlocksPerMultiprocessor, cuOccupancyMaxActiveBlocksPerMultiprocessor, (int *, CUfunction, int, size_t)) \
	E(cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags, cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags, (int *, CUfunction, int, size_t, unsigned int)) \
	E(cuGraphCreate, cuGraphCreate, (CUgraph *, unsigned int)) \
	E(cuGraphDestroy, cuGraphDestroy, (CUgraph)) \
	E(cuGraphClone, cuGraphClone, (CUgraph *, CUgraph)) \
	E(cuGraphDestroyNode, cuGraphDestroyNode, (CUgraphNode)) \
	E(cuGraphExecDestroy, cuGraphExecDestroy, (CUgraphExec)) \
	E(cuGraphAddDependencies, cuGraphAddDependencies, (CUgraph, const CUgraphNode *, const CUgraphNode *, size_t)) \
	E(cuGraphGetEdges, cuGraphGetEdges, (CUgraph, CUgraphNode *, CUgraphNode *, size_t *)) \
	E(cuGraphAddEmptyNode, cuGraphAddEmptyNode, (CUgraphNode *, CUgraph, const CUgraphNode *, size_t)) \
	E(cuGraphAddChildGraphNode, cuGraphAddChildGraphNode, (CUgraphNode *, CUgraph, const CUgraphNode *, size_t, CUgraph)) \
	E(cuGraphAddKernelNode, cuGraphAddKernelNode, (CUgraphNode *, CUgraph, const CUgraphNode *, size_t, const CUDA_KERNEL_NODE_PARAMS *)) \
	E(cuGraphAddHostNode, cuGraphAddHostNode, (CUgraphNode *, CUgraph, const CUgraphNode *, size_t, const CUDA_HOST_NODE_PARAMS *)) \
	E(cuGraphAddMemcpyNode, cuGraphAddMemcpyNode, (CUgraphNode *, CUgraph, const CUgraphNode *, size_t, const CUDA_MEMCPY3D *, CUcontext)) \
	E(cuGraphAddMemsetNode, cuGraphAddMemsetNode, (CUgraphNode *, CUgraph, const CUgraphNode *, size_t, const CUDA_MEMSET_NODE_PARAMS *, CUcontext)) \
	E(cuTexRefSetArray, cuTexRefSetArray, (CUtexref, CUarray, unsigned int)) \
	E(cuTexRefSetAddress, cuTexRefSetAddress_v2, (size_t *, CUtexref, CUdeviceptr, size_t)) \
	E(cuTexRefSetAddress2D, cuTexRefSetAddress2D_v3, (CUtexref, const CUDA_ARRAY_DESCRIPTOR *, CUdeviceptr, size_t)) \
	E(cuTexRefSetFormat, cuTexRefSetFormat, (CUtexref, CUarray_format, int)) \
	E(cuTexRefSetAddressMode, cuTexRefSetAddressMode, (CUtexref, int, CUaddress_mode)) \
	E(cuTexRefSetFilterMode, cuTexRefSetFilterMode, (CUtexref, CUfilter_mode)) \
	E(cuTexRefSetMipmapFilterMode, cuTexRefSetMipmapFilterMode, (CUtexref, CUfilter_mode)) \
	E(cuTexRefSetMipmapLevelBias, cuTexRefSetMipmapLevelBias, (CUtexref, float)) \
	E(cuTexRefSetMipmapLevelClamp, cuTexRefSetMipmapLevelClamp, (CUtexref, float, float)) \
	E(cuTexRefSetMaxAnisotropy, cuTexRefSetMaxAnisotropy, (CUtexref, unsigned int)) \
	E(cuTexRefSetBorderColor, cuTexRefSetBorderColor, (CUtexref, float *)) \
	E(cuTexRefSetFlags, cuTexRefSetFlags, (CUtexref, unsigned int)) \
	E(cuTexRefGetAddress, cuTexRefGetAddress_v2, (CUdeviceptr *, CUtexref)) \
	E(cuTexRefGetArray, cuTexRefGetArray, (CUarray *, CUtexref)) \
	E(cuTexRefGetAddressMode, cuTexRefGetAddressMode, (CUaddress_mode *, CUtexref, int)) \
	E(cuTexRefGetFilterMode, cuTexRefGetFilterMode, (CUfilter_mode *, CUtexref)) \
	E(cuTexRefGetFormat, cuTexRefGetFormat, (CUarray_format *, int *, CUtexref)) \
	E(cuTexRefGetMaxAnisotropy, cuTexRefGetMaxAnisotropy, (int *, CUtexref)) \
	E(cuTexRefGetBorderColor, cuTexRefGetBorderColor, (float *, CUtexref)) \
	E(cuTexRefGetFlags, cuTexRefGetFlags, (unsigned int *, CUtexref)) \
	E(cuSurfRefSetArray, cuSurfRefSetArray, (CUsurfref, CUarray, unsigned int)) \
	E(cuSurfRefGetArray, cuSurfRefGetArray, (CUarray *, CUsurfref))
