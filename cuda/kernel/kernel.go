// SPDX-License-Identifier: BSD-3-Clause

// Package kernel has what runs on the card, as PTX for sm_60 and later, which
// the driver compiles for the card it finds. It is made by build.sh from the
// .cu and .h files beside it.
package kernel

import _ "embed"

// PTX is the module with the kernels.
//
//go:embed fit.ptx
var PTX string
