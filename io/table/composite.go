// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// Composite is what a composite of several rounds found: fits.json with the
// placements. Its structures keep the order in which they were given, and
// their clusters are those of the first round, in the whole map.
type Composite struct {
	Fits
	MaxClash   float64  `json:"max_clash"`
	Rounds     int      `json:"rounds"`
	Stopped    string   `json:"stopped"` // why there were no more rounds
	Exact      bool     `json:"exact"`   // the choice among competing placements is proven to be the best
	Copies     []Copies `json:"copies"`  // of each structure, in their order
	Placements []Placed `json:"placements"`
}

// Copies counts the copies of a structure.
type Copies struct {
	Structure int `json:"structure"` // index into structures
	Wanted    int `json:"wanted"`    // 0: as many as are significant
	Placed    int `json:"placed"`
}

// Placed is one copy of a structure in a composite. Its rank is the order of
// acceptance, and its metrics are those in the whole map.
type Placed struct {
	Structure int  `json:"structure"` // index into structures
	Copy      int  `json:"copy"`      // from 1, of this structure
	Round     int  `json:"round"`     // from 1, in which it was accepted
	Agreed    bool `json:"rounds_agreed"`
	// Clash is the largest with another placement: the fraction of the atoms
	// of one that are nearer than 2.5 Å to an atom of the other.
	Clash float64 `json:"clash"`
	Cluster
}

// NewComposite returns a table without structures and placements.
func NewComposite() *Composite {
	return &Composite{Fits: *NewFits(), Copies: []Copies{}, Placements: []Placed{}}
}

// JSON writes c as indented JSON.
func (c *Composite) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(c); err != nil {
		return fmt.Errorf("table: composite: %w", err)
	}
	return nil
}

// CSV writes one line per placement, with the columns order, structure, path,
// rank, hits, the metrics as in JSON, the motion (poseColumns), rounds_agreed,
// copy, round and clash. A metric without a value is empty.
func (c *Composite) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"order", "structure", "path", "rank", "hits"}
	head = append(append(head, MetricNames()...), poseColumns...)
	if err := out.Write(append(head, "rounds_agreed", "copy", "round", "clash")); err != nil {
		return fmt.Errorf("table: csv: %w", err)
	}
	for i := range c.Placements {
		p := &c.Placements[i]
		s := &c.Structures[p.Structure]
		line := []string{strconv.Itoa(p.Rank), s.Name, s.Path, strconv.Itoa(p.Rank), strconv.Itoa(p.Hits)}
		for _, m := range metrics {
			line = append(line, p.value(m.name, *m.of(&p.Metrics), ""))
		}
		for _, v := range p.pose() {
			line = append(line, number(v))
		}
		line = append(line, strconv.FormatBool(p.Agreed), strconv.Itoa(p.Copy), strconv.Itoa(p.Round), number(p.Clash))
		if err := out.Write(line); err != nil {
			return fmt.Errorf("table: csv: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("table: csv: %w", err)
	}
	return nil
}
