// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"difffit/fitting"
	"difffit/io/atomicfile"
	"difffit/io/fetch"
)

// fetchFlags are the flags of fetch.
type fetchFlags struct {
	out, cache     string
	addresses      []string
	offline, again bool
	json           bool
}

func (r *run) fetchCommand() *cobra.Command {
	var f fetchFlags
	cmd := &cobra.Command{
		Use:   "fetch ID...",
		Short: "Get maps and structures from public archives by their identifiers",
		Long: `Get entries of public archives: coordinates of the PDB (7CFN), density maps of
EMDB with the recommended contour level (EMD-30342), predicted structures of
AlphaFold DB by UniProt accession (AF-P00520, or P00520 alone).

Files are kept in a cache and are not asked for again. A fetch that was
interrupted goes on where it ended. This is the only command that uses the
network, and nothing is sent but the identifiers that are named.

Archives are asked at the addresses in ` + addressFile + ` (JSON, with any of the
names pdb, emdb_map, emdb_header, alphafold; {id} stands for the identifier, {ID}
for the same in capitals), else at those of the archives themselves; --address
changes one for this call. The proxy of the environment is used.`,
		Example: "  " + r.program.Name + " fetch EMD-30342 7CFN --out data\n" +
			"  " + r.program.Name + " fetch AF-P00520 --address 'alphafold=https://mirror.lab/af/AF-{ID}-F1.cif'",
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error { return r.fetch(cmd.Context(), args, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "copy the files into the folder `DIR` too")
	flags.StringVar(&f.cache, "cache", "", "folder `DIR` of the cache (default: difffit/fetch in the user's folder for caches)")
	flags.StringArrayVar(&f.addresses, "address", nil, "where to ask, as `NAME=ADDRESS`; may be repeated")
	flags.BoolVar(&f.offline, "offline", false, "take what is in the cache, ask nobody")
	flags.BoolVar(&f.again, "again", false, "ask also for what is in the cache")
	flags.BoolVar(&f.json, "json", false, "as JSON")
	flags.SortFlags = false
	return cmd
}

// addressFile is where addresses of archives are kept, for people.
const addressFile = "difffit/addresses.json in the user's folder for settings"

// client returns what fetches, as the flags say.
func (f fetchFlags) client() (*fetch.Client, error) {
	c := &fetch.Client{Folder: f.cache, Addresses: fetch.DefaultAddresses(), Offline: f.offline, Again: f.again, Agent: "DiffFit/" + Version}
	if c.Folder == "" {
		folder, err := os.UserCacheDir()
		if err != nil {
			return nil, usagef("--cache is missing: %v", err)
		}
		c.Folder = filepath.Join(folder, "difffit", "fetch")
	}
	if folder, err := os.UserConfigDir(); err == nil {
		if c.Addresses, err = fetch.ReadAddresses(filepath.Join(folder, "difffit", "addresses.json")); err != nil {
			return nil, err
		}
	}
	for _, a := range f.addresses {
		name, address, ok := strings.Cut(a, "=")
		if !ok || address == "" {
			return nil, usagef("--address %s: want NAME=ADDRESS", a)
		}
		if err := c.Addresses.Set(name, address); err != nil {
			return nil, usagef("--address %s: %v", a, err)
		}
	}
	return c, nil
}

func (r *run) fetch(ctx context.Context, args []string, f fetchFlags) error {
	ids, err := fetch.ParseAll(strings.Join(args, " "))
	if err != nil {
		return &usageError{err}
	}
	c, err := f.client()
	if err != nil {
		return err
	}
	if f.out != "" {
		if err := os.MkdirAll(f.out, 0o755); err != nil {
			return fmt.Errorf("--out: %w", err)
		}
	}
	bar := r.newProgress(len(ids))
	results := []*fetch.Result{}
	var faults []error
	for i, id := range ids {
		got, err := c.Fetch(ctx, id, fetched(bar.of(i)))
		if err == nil && f.out != "" {
			got.Path, err = copyInto(f.out, got.Path)
		}
		bar.finished(i)
		if err == nil {
			results = append(results, got)
			continue
		}
		faults = append(faults, asInput(err))
		if ctx.Err() != nil {
			break
		}
	}
	bar.end(len(faults) == 0)
	if f.json {
		err = encodeJSON(r.out, results)
	} else {
		err = printFetched(r.out, results)
	}
	if ctx.Err() != nil {
		return fmt.Errorf("interrupted: %w", ctx.Err())
	}
	return errors.Join(append(faults, err)...)
}

// fetched turns the progress of a file into that of a run.
func fetched(report func(fitting.Progress)) func(fetch.Progress) {
	return func(p fetch.Progress) {
		q := fitting.Progress{Phase: "fetching"}
		if p.Total > 0 {
			q.Fraction = float64(p.Done) / float64(p.Total)
		}
		report(q)
	}
}

// asInput says of the faults of archives that an input could not be read.
func asInput(err error) error {
	var none *fetch.NotFoundError
	var cut *fetch.UnreachableError
	if errors.As(err, &none) || errors.As(err, &cut) {
		return &inputError{"fetch", err}
	}
	return err
}

// copyInto copies a file into a folder and returns its path there.
func copyInto(folder, path string) (string, error) {
	from, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer from.Close()
	to := filepath.Join(folder, filepath.Base(path))
	return to, atomicfile.Write(to, func(w io.Writer) error {
		_, err := io.Copy(w, from)
		return err
	})
}

func printFetched(w io.Writer, results []*fetch.Result) error {
	rows := [][]string{{"entry", "bytes", "contour", "resolution/Å", "models", "file"}}
	for _, r := range results {
		contour, resolution, models := "–", "–", "–"
		if e := r.Entry; e != nil {
			if e.Contour != nil {
				contour = strconv.FormatFloat(*e.Contour, 'g', -1, 64)
			}
			if e.Resolution > 0 {
				resolution = strconv.FormatFloat(e.Resolution, 'g', -1, 64)
			}
			if len(e.Models) > 0 {
				models = strings.Join(e.Models, " ")
			}
		}
		rows = append(rows, []string{r.ID.String(), strconv.FormatInt(r.Bytes, 10), contour, resolution, models, r.Path})
	}
	if len(results) == 0 {
		return nil
	}
	return columns(w, map[int]bool{0: true, 4: true, 5: true}, rows)
}
