// SPDX-License-Identifier: BSD-3-Clause

package document

// HistoryLimit is how many steps can be undone.
const HistoryLimit = historyLimit
