// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"difffit/fitting"
)

// poseColumns name the motion x' = R·x + t in CSV: the unit quaternion, R row
// by row, t in ångström.
var poseColumns = []string{
	"qw", "qx", "qy", "qz",
	"r11", "r12", "r13", "r21", "r22", "r23", "r31", "r32", "r33",
	"tx", "ty", "tz",
}

// CSV writes one line per cluster, all structures ranked together, with the
// columns order, structure, path, rank, hits, the metrics as in JSON, the
// motion (poseColumns), rounds_agreed, and what is known of p_value, q_value,
// null_z, library_z, the structure's e_value, and of fits in what was left of a
// map score_whole and map_correlation_whole. What has no value is empty.
func (f *Fits) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"order", "structure", "path", "rank", "hits"}
	for _, m := range metrics {
		head = append(head, m.name)
	}
	head = append(append(head, poseColumns...), "rounds_agreed", "p_value", "q_value", "null_z", "library_z", "e_value", "score_whole", "map_correlation_whole")
	if err := out.Write(head); err != nil {
		return fmt.Errorf("table: csv: %w", err)
	}
	for _, r := range f.Rows() {
		s := &f.Structures[r.Structure]
		line := []string{strconv.Itoa(r.Order), s.Name, s.Path, strconv.Itoa(r.Rank), strconv.Itoa(r.Hits)}
		for _, m := range metrics {
			line = append(line, r.value(m.name, *m.of(&r.Metrics), ""))
		}
		for _, v := range r.pose() {
			line = append(line, number(v))
		}
		line = append(line, strconv.FormatBool(s.RoundsAgreed), cell(r.P), cell(r.Q), cell(r.NullZ), cell(r.LibraryZ), cell(s.eValue()), cell(r.ScoreWhole), cell(r.MapCorrelationWhole))
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

// ChimeraX writes the clusters of one structure as a table with the columns
// that ChimeraX's fit list has in its log: space separated, the matrix row by
// row, then the shift. What does not apply to a global search (clash, steps,
// shift and angle from a start) is NA.
func ChimeraX(w io.Writer, s *Structure, level float64) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "Rxx Rxy Rxz Ryx Ryy Ryz Rzx Rzy Rzz Tx Ty Tz correlation correlation_about_mean overlap"+
		" average_map_value points atoms_outside_contour clash contour_level steps shift angle")
	for i := range s.Clusters {
		c := &s.Clusters[i]
		for _, v := range c.Rotation {
			fmt.Fprint(out, number(v), " ")
		}
		for _, v := range c.Translation {
			fmt.Fprint(out, number(v), " ")
		}
		outside := "NA"
		if !c.isUndefined("inside") {
			outside = strconv.Itoa(int(float64(s.AtomsUsed)*(1-c.Inside) + 0.5))
		}
		fmt.Fprintln(out, c.value("correlation", c.Correlation, "NA"),
			c.value("correlation_about_mean", c.CorrelationAboutMean, "NA"),
			c.value("overlap", c.Overlap, "NA"), c.value("density", c.Density, "NA"),
			s.AtomsUsed, outside, "NA", number(level), "NA NA NA")
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("table: chimerax list: %w", err)
	}
	return nil
}

// MetricNames returns the names of the metrics, in the order of the columns.
func MetricNames() []string {
	names := make([]string, len(metrics))
	for i, m := range metrics {
		names[i] = m.name
	}
	return names
}

// MetricOf returns where m has the metric with a name from MetricNames, nil
// for another name.
func MetricOf(m *fitting.Metrics, name string) *float64 {
	for _, q := range metrics {
		if q.name == name {
			return q.of(m)
		}
	}
	return nil
}

// Value returns the metric with a name from MetricNames, and whether it has a value.
func (c *Cluster) Value(name string) (float64, bool) {
	for _, m := range metrics {
		if m.name == name {
			return *m.of(&c.Metrics), !c.isUndefined(name)
		}
	}
	return 0, false
}

func (c *Cluster) value(name string, v float64, none string) string {
	if c.isUndefined(name) {
		return none
	}
	return number(v)
}

func (c *Cluster) isUndefined(name string) bool {
	for _, u := range c.Undefined {
		if u == name {
			return true
		}
	}
	return false
}

func (c *Cluster) pose() []float64 {
	var v []float64
	v = append(v, c.Quaternion[:]...)
	v = append(v, c.Rotation[:]...)
	return append(v, c.Translation[:]...)
}

// eValue returns the E value of s, nil if it has none.
func (s *Structure) eValue() *float64 {
	if s.Significance == nil {
		return nil
	}
	return s.Significance.EValue
}

// cell is a number, or nothing where it is not known.
func cell(v *float64) string {
	if v == nil {
		return ""
	}
	return number(*v)
}

// number is short and exact to nine digits: a pose within 1e-6 Å.
func number(v float64) string { return strconv.FormatFloat(v, 'g', 9, 64) }
