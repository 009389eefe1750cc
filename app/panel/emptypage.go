// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// emptyPage is what is seen where there are no rows: why, and if it is for the
// filter, a way out.
func (r *Results) emptyPage() fyne.CanvasObject {
	return container.NewCenter(container.NewVBox(container.NewGridWrap(fyne.NewSize(320, 80), r.empty), container.NewCenter(r.showAll)))
}

// hiddenText says that there are rows that are not shown, and why.
func (r *Results) hiddenText() string {
	if len(r.takes) == 0 {
		return "No placement is of the structure that is chosen."
	}
	return fmt.Sprintf("The filter hides all of the %s.", Plural(len(r.all), "placement"))
}

// offerAll offers to show all rows where some are there and none is shown.
func (r *Results) offerAll() {
	r.showAll.Hidden = len(r.table.rows) > 0 || len(r.all) == 0
	r.showAll.SetText("Show all " + grouped(len(r.all)))
}

// clearFilter shows all rows.
func (r *Results) clearFilter() {
	r.filter.SetText("")
	if r.only != 0 {
		r.structure.SetSelectedIndex(0)
	}
	r.Focus()
}
