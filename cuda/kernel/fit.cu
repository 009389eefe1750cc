// SPDX-License-Identifier: BSD-3-Clause
//
// The kernels. One block works on one placement.

#include "climb.h"
#include "follow.h"
#include "measure.h"
