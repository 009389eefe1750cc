// SPDX-License-Identifier: BSD-3-Clause

package fetch

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// An Entry is what the header of an EMDB entry says of its map.
type Entry struct {
	Title      string   `json:"title,omitempty"`
	Contour    *float64 `json:"contour"`    // recommended level, in the units of the map; nil if there is none
	Resolution float64  `json:"resolution"` // ångström, 0 if none is stated
	Models     []string `json:"models,omitempty"`
}

// header is the part of the XML that is wanted (emdb.xsd, the
// schema of EMDB headers, version 3).
type header struct {
	XMLName xml.Name `xml:"emd"`
	Title   string   `xml:"admin>title"`
	Models  []string `xml:"crossreferences>pdb_list>pdb_reference>pdb_id"`
	Map     struct {
		Contours []struct {
			Primary string `xml:"primary,attr"`
			Level   string `xml:"level"`
		} `xml:"contour_list>contour"`
		Old string `xml:"contour_level"` // of headers before schema 3
	} `xml:"map"`
	Methods []struct {
		Parts []struct {
			Final struct {
				Resolution string `xml:"resolution"`
			} `xml:"final_reconstruction"`
		} `xml:",any"`
	} `xml:"structure_determination_list>structure_determination"`
}

// decodeHeader reads the header of an EMDB entry. The contour level is the one
// that is called primary, else the first.
func decodeHeader(r io.Reader) (*Entry, error) {
	var h header
	if err := xml.NewDecoder(r).Decode(&h); err != nil {
		return nil, fmt.Errorf("is no EMDB header: %w", err)
	}
	e := &Entry{Title: strings.Join(strings.Fields(h.Title), " ")}
	for _, m := range h.Models {
		e.Models = append(e.Models, strings.ToLower(strings.TrimSpace(m)))
	}
	for _, c := range h.Map.Contours {
		v, ok := number(c.Level)
		if ok && (e.Contour == nil || c.Primary == "true") {
			e.Contour = &v
			if c.Primary == "true" {
				break
			}
		}
	}
	if v, ok := number(h.Map.Old); ok && e.Contour == nil {
		e.Contour = &v
	}
	for _, m := range h.Methods {
		for _, p := range m.Parts {
			if v, ok := number(p.Final.Resolution); ok && v > 0 && e.Resolution == 0 {
				e.Resolution = v
			}
		}
	}
	return e, nil
}

func number(text string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return v, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// longestList is how long a list of predictions may be.
const longestList = 16 << 20

// predictionAddress returns the address that a list of predictions has for an
// entry; isList is false if the file is no list.
func predictionAddress(path string, id ID) (address string, isList bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", false, err
	}
	defer f.Close()
	start := make([]byte, 64)
	n, err := io.ReadFull(f, start)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "", false, err
	}
	start = bytes.TrimSpace(start[:n])
	if len(start) == 0 || start[0] != '[' && start[0] != '{' {
		return "", false, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", true, err
	}
	data, err := io.ReadAll(io.LimitReader(f, longestList))
	if err != nil {
		return "", true, err
	}
	type prediction struct {
		Accession string `json:"uniprotAccession"`
		CIF       string `json:"cifUrl"`
	}
	var all []prediction
	if start[0] == '{' {
		all = make([]prediction, 1)
		err = json.Unmarshal(data, &all[0])
	} else {
		err = json.Unmarshal(data, &all)
	}
	if err != nil {
		return "", true, err
	}
	for _, p := range all {
		u, err := url.Parse(p.CIF)
		if err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && (p.Accession == "" || strings.EqualFold(p.Accession, id.Name)) {
			return p.CIF, true, nil
		}
	}
	return "", true, fmt.Errorf("has no cifUrl for %s", id.Name)
}
