// SPDX-License-Identifier: BSD-3-Clause

package fetch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
)

// Addresses tell where archives are asked, as templates: {id} stands for the
// name of an entry, {ID} for the same in capitals. Mirrors have other ones.
type Addresses struct {
	PDB        string `json:"pdb"`         // coordinates, gzipped mmCIF
	EMDBMap    string `json:"emdb_map"`    // density map, gzipped CCP4
	EMDBHeader string `json:"emdb_header"` // XML with contour level and resolution
	// AlphaFold names either a file of coordinates, or a list of predictions as
	// JSON, of which cifUrl is taken.
	AlphaFold string `json:"alphafold"`
}

// DefaultAddresses are those of the archives themselves. They are here and
// nowhere else.
func DefaultAddresses() Addresses {
	return Addresses{
		PDB:        "https://files.rcsb.org/download/{ID}.cif.gz",
		EMDBMap:    "https://ftp.ebi.ac.uk/pub/databases/emdb/structures/EMD-{id}/map/emd_{id}.map.gz",
		EMDBHeader: "https://ftp.ebi.ac.uk/pub/databases/emdb/structures/EMD-{id}/header/emd-{id}.xml",
		AlphaFold:  "https://alphafold.ebi.ac.uk/api/prediction/{ID}",
	}
}

// named returns the addresses by their names.
func (a *Addresses) named() map[string]*string {
	return map[string]*string{"pdb": &a.PDB, "emdb_map": &a.EMDBMap, "emdb_header": &a.EMDBHeader, "alphafold": &a.AlphaFold}
}

// AddressNames returns the names of the addresses, as Set takes them.
func AddressNames() []string { return []string{"pdb", "emdb_map", "emdb_header", "alphafold"} }

// Of returns the address with a name, "" if there is none.
func (a Addresses) Of(name string) string {
	if p := a.named()[name]; p != nil {
		return *p
	}
	return ""
}

// Set changes the address with a name; "" puts that of the archive back.
func (a *Addresses) Set(name, address string) error {
	p := a.named()[name]
	if p == nil {
		return fmt.Errorf("fetch: there is no address %q, only %s", name, strings.Join(AddressNames(), ", "))
	}
	if address == "" {
		address = DefaultAddresses().Of(name)
	}
	if err := validAddress(name, address); err != nil {
		return err
	}
	*p = address
	return nil
}

// Validate reports all addresses that cannot be used, as one joined error.
func (a Addresses) Validate() error {
	var errs []error
	for _, name := range AddressNames() {
		errs = append(errs, validAddress(name, a.Of(name)))
	}
	return errors.Join(errs...)
}

func validAddress(name, address string) error {
	u, err := url.Parse(fill(address, ID{PDB, "x"}))
	switch {
	case err != nil:
		return fmt.Errorf("fetch: address %s: %w", name, err)
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return fmt.Errorf("fetch: address %s is %q, want https://HOST/… or http://HOST/…", name, address)
	case !strings.Contains(strings.ToLower(address), "{id}"):
		return fmt.Errorf("fetch: address %s is %q, want {id} or {ID} in it, for the name of the entry", name, address)
	}
	return nil
}

// fill returns the address of an entry.
func fill(template string, id ID) string {
	return strings.NewReplacer("{id}", url.PathEscape(strings.ToLower(id.Name)), "{ID}", url.PathEscape(strings.ToUpper(id.Name))).Replace(template)
}

// Host returns the name of the machine that is asked for entries of an archive.
func (a Addresses) Host(of Archive) string {
	address := map[Archive]string{PDB: a.PDB, EMDB: a.EMDBMap, AlphaFold: a.AlphaFold}[of]
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}

// ReadAddresses reads the addresses that a file has, as JSON; the others are
// those of the archives. A file that is not there has none.
func ReadAddresses(path string) (Addresses, error) {
	a := DefaultAddresses()
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return a, nil
	}
	if err != nil {
		return a, fmt.Errorf("fetch: addresses: %w", err)
	}
	var given map[string]string
	if err := json.Unmarshal(data, &given); err != nil {
		return a, fmt.Errorf("fetch: addresses: %s: %w", path, err)
	}
	for name, address := range given {
		if err := a.Set(name, address); err != nil {
			return DefaultAddresses(), fmt.Errorf("%s: %w", path, err)
		}
	}
	return a, nil
}

// WriteFile keeps the addresses in a file. Those of the archives themselves
// are left out, so that they follow the program.
func (a Addresses) WriteFile(path string) error {
	given := map[string]string{}
	for _, name := range AddressNames() {
		if v := a.Of(name); v != DefaultAddresses().Of(name) {
			given[name] = v
		}
	}
	data, err := json.MarshalIndent(given, "", " ")
	if err != nil {
		return err
	}
	return atomicWrite(path, append(data, '\n'))
}
