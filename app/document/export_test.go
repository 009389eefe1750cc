// SPDX-License-Identifier: BSD-3-Clause

package document

const HistoryLimit = historyLimit
