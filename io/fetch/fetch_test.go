// SPDX-License-Identifier: BSD-3-Clause

package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// An archive is a server on this machine with the files of three archives. It
// breaks off every answer after so many bytes, if that is not 0.
type archive struct {
	*httptest.Server
	mu       sync.Mutex
	files    map[string][]byte
	breakOff int
	plain    bool     // knows no ranges
	asked    []string // path and range of each request
	busy     int      // answers 503 so many times
}

func newArchive(t *testing.T) *archive {
	t.Helper()
	a := &archive{files: map[string][]byte{}}
	a.Server = httptest.NewServer(a)
	t.Cleanup(a.Close)
	rng := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 300_000)
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	copy(noise[208:], "MAP ")
	a.files["/pdb/7CFN.cif.gz"] = packed(t, []byte("data_7CFN\n#\n"))
	a.files["/emdb/map/emd_30342.map.gz"] = packed(t, noise)
	a.files["/emdb/emd-30342.xml"] = []byte(headerText)
	a.files["/af/P00520"] = fmt.Appendf(nil, `[{"uniprotAccession": "P00520", "cifUrl": "%s/files/AF-P00520-F1-model_v9.cif"}]`, a.URL)
	a.files["/files/AF-P00520-F1-model_v9.cif"] = []byte("data_AF\n")
	return a
}

const headerText = `<?xml version="1.0" encoding="UTF-8"?>
<emd emdb_id="EMD-30342" version="3.0.2.6">
 <admin><title>A receptor
   with its G protein</title></admin>
 <crossreferences><pdb_list><pdb_reference id="1"><pdb_id>7CFN</pdb_id></pdb_reference></pdb_list></crossreferences>
 <structure_determination_list><structure_determination structure_determination_id="1">
  <singleparticle_processing image_processing_id="1"><final_reconstruction>
   <resolution units="Å" res_type="BY AUTHOR">3.0</resolution></final_reconstruction></singleparticle_processing>
 </structure_determination></structure_determination_list>
 <map size_kbytes="3" format="CCP4"><contour_list>
  <contour><level>0.01</level></contour>
  <contour primary="true"><level>0.034</level><source>AUTHOR</source></contour></contour_list></map>
</emd>`

func packed(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (a *archive) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked = append(a.asked, strings.TrimSpace(r.URL.Path+" "+r.Header.Get("Range")))
	data, ok := a.files[r.URL.Path]
	switch {
	case a.busy > 0:
		a.busy--
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	case !ok:
		http.NotFound(w, r)
		return
	}
	if a.plain {
		r.Header.Del("Range")
	} else {
		w.Header().Set("ETag", fmt.Sprintf(`"%d-%x"`, len(data), data[len(data)-1]))
	}
	if a.breakOff > 0 {
		w = &brief{w, a.breakOff}
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// brief ends the connection after so many bytes.
type brief struct {
	http.ResponseWriter
	left int
}

func (b *brief) Write(p []byte) (int, error) {
	if len(p) > b.left {
		b.ResponseWriter.Write(p[:b.left])
		b.ResponseWriter.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	b.left -= len(p)
	return b.ResponseWriter.Write(p)
}

func (a *archive) client(t *testing.T) *Client {
	t.Helper()
	return &Client{
		Folder: t.TempDir(), Agent: "test", quick: true,
		Addresses: Addresses{
			PDB: a.URL + "/pdb/{ID}.cif.gz", EMDBMap: a.URL + "/emdb/map/emd_{id}.map.gz",
			EMDBHeader: a.URL + "/emdb/emd-{id}.xml", AlphaFold: a.URL + "/af/{ID}",
		},
	}
}

func mustFetch(t *testing.T, c *Client, text string) *Result {
	t.Helper()
	id, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Fetch(context.Background(), id, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFetchFromAllArchives(t *testing.T) {
	a := newArchive(t)
	c := a.client(t)
	for _, tt := range []struct{ id, file, served string }{
		{"7CFN", "7cfn.cif.gz", "/pdb/7CFN.cif.gz"},
		{"EMD-30342", "emd_30342.map.gz", "/emdb/map/emd_30342.map.gz"},
		{"af-p00520-f1", "AF-P00520-F1.cif", "/files/AF-P00520-F1-model_v9.cif"},
	} {
		r := mustFetch(t, c, tt.id)
		got, err := os.ReadFile(r.Path)
		if err != nil || !bytes.Equal(got, a.files[tt.served]) || filepath.Base(r.Path) != tt.file || r.Cached {
			t.Errorf("%s: %+v (%v), want the bytes of %s", tt.id, r, err, tt.served)
		}
		before := len(a.asked)
		again := mustFetch(t, c, tt.id)
		if !again.Cached || again.SHA256 != r.SHA256 || len(a.asked) != before {
			t.Errorf("%s: fetched again: cached %t, %d requests", tt.id, again.Cached, len(a.asked)-before)
		}
	}
	e := mustFetch(t, c, "EMDB:30342").Entry
	if e == nil || e.Contour == nil || *e.Contour != 0.034 || e.Resolution != 3 || len(e.Models) != 1 || e.Models[0] != "7cfn" || e.Title != "A receptor with its G protein" {
		t.Errorf("the header says %+v", e)
	}
	left, err := filepath.Glob(filepath.Join(c.Folder, "*.part*"))
	if err != nil || len(left) > 0 {
		t.Errorf("%v (%v) are left", left, err)
	}
	// What is no longer what was fetched is fetched again.
	r := mustFetch(t, c, "7CFN")
	if err := os.WriteFile(r.Path, []byte("changed"), 0o600); err != nil {
		t.Fatal(err)
	}
	if again := mustFetch(t, c, "7CFN"); again.Cached || again.SHA256 != r.SHA256 {
		t.Errorf("a changed file was taken from the cache: %+v", again)
	}
}

func TestFetchGoesOnWhereItBroke(t *testing.T) {
	for _, plain := range []bool{false, true} {
		t.Run(fmt.Sprintf("plain %t", plain), func(t *testing.T) {
			a := newArchive(t)
			a.plain = plain
			c := a.client(t)
			want := a.files["/emdb/map/emd_30342.map.gz"]
			a.breakOff = 100_000 // of 300,000: within patience if it goes on, never if it begins anew
			var last Progress
			r, err := c.Fetch(context.Background(), ID{EMDB, "30342"}, func(p Progress) { last = p })
			if plain { // a server without versions begins anew each time
				if err == nil || !strings.Contains(err.Error(), "broke off after") {
					t.Fatalf("Fetch: %v, want that it broke off", err)
				}
				a.breakOff = 0
				r, err = c.Fetch(context.Background(), ID{EMDB, "30342"}, func(p Progress) { last = p })
			}
			if err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(r.Path); err != nil || !bytes.Equal(got, want) {
				t.Errorf("got %d bytes (%v), want %d equal ones", len(got), err, len(want))
			}
			if last.Done != int64(len(want)) || last.Total != int64(len(want)) || last.Name != "emd_30342.map.gz" {
				t.Errorf("the last progress is %+v", last)
			}
			ranges := 0
			for _, q := range a.asked {
				if strings.Contains(q, "bytes=") {
					ranges++
				}
			}
			if (ranges > 1) == plain {
				t.Errorf("asked %q", a.asked)
			}
		})
	}
}

func TestFetchGoesOnAfterAStop(t *testing.T) {
	a := newArchive(t)
	c := a.client(t)
	ctx, cancel := context.WithCancel(context.Background())
	a.breakOff = 150_000
	_, err := c.Fetch(ctx, ID{EMDB, "30342"}, func(p Progress) {
		if p.Done > 50_000 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "goes on from it") {
		t.Fatalf("Fetch: %v, want that it was stopped", err)
	}
	a.breakOff = 0
	r := mustFetch(t, c, "EMD-30342")
	if got, err := os.ReadFile(r.Path); err != nil || !bytes.Equal(got, a.files["/emdb/map/emd_30342.map.gz"]) {
		t.Errorf("got %d bytes (%v)", len(got), err)
	}
	if last := a.asked[len(a.asked)-1]; !strings.Contains(last, "bytes=") {
		t.Errorf("the second fetch asked %q, want a range", last)
	}

	// A file that has changed meanwhile is not put together of two versions.
	c = a.client(t)
	a.breakOff = 150_000
	ctx, cancel = context.WithCancel(context.Background())
	if _, err := c.Fetch(ctx, ID{EMDB, "30342"}, func(p Progress) {
		if p.Done > 50_000 {
			cancel()
		}
	}); !errors.Is(err, context.Canceled) {
		t.Fatalf("Fetch: %v, want that it was stopped", err)
	}
	a.breakOff = 0
	noise := make([]byte, 300_000)
	copy(noise[208:], "MAP ")
	newer := packed(t, noise)
	a.files["/emdb/map/emd_30342.map.gz"] = newer
	r = mustFetch(t, c, "EMD-30342")
	if got, err := os.ReadFile(r.Path); err != nil || !bytes.Equal(got, newer) {
		t.Errorf("got %d bytes (%v), want the newer %d", len(got), err, len(newer))
	}
}

func TestFetchSaysWhatIsWrong(t *testing.T) {
	a := newArchive(t)
	c := a.client(t)
	ask := func(id ID) error {
		_, err := c.Fetch(context.Background(), id, nil)
		return err
	}
	var none *NotFoundError
	if err := ask(ID{PDB, "9zzz"}); !errors.As(err, &none) || !strings.Contains(err.Error(), "9ZZZ: there is no such entry at "+a.URL) {
		t.Errorf("an entry that is not there: %v", err)
	}
	a.files["/pdb/1ABC.cif.gz"] = []byte("  <html>maintenance</html>")
	a.files["/pdb/2ABC.cif.gz"] = []byte("Service temporarily unavailable")
	a.files["/pdb/3ABC.cif.gz"] = packed(t, []byte(`{"error": "quota"}`))
	a.files["/pdb/4ABC.cif.gz"] = packed(t, bytes.Repeat([]byte("data_x\n"), 99))[:30]
	a.files["/pdb/5ABC.cif.gz"] = []byte(" ")
	a.files["/emdb/emd-2222.xml"] = []byte(headerText)
	a.files["/emdb/map/emd_2222.map.gz"] = packed(t, make([]byte, 2000))
	for id, want := range map[ID]string{
		{PDB, "1abc"}:  "a web page, want a file of coordinates",
		{PDB, "2abc"}:  `something that begins with "Service temporarily`,
		{PDB, "3abc"}:  `something that begins with "{\"error`,
		{PDB, "4abc"}:  "a file of coordinates that is not whole: unexpected EOF",
		{PDB, "5abc"}:  "nothing, want",
		{EMDB, "2222"}: "want a density map",
	} {
		if err := ask(id); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %s", id, err, want)
		}
		if _, ok := c.cached(id, "", filepath.Join(c.Folder, id.file()), time.Time{}); ok {
			t.Errorf("%v is in the cache", id)
		}
	}
	a.files["/emdb/emd-1111.xml"] = []byte("<emd>")
	if err := ask(ID{EMDB, "1111"}); err == nil || !strings.Contains(err.Error(), "is no EMDB header") {
		t.Errorf("half a header: %v", err)
	}
	a.files["/af/Q12345"] = []byte(`[{"uniprotAccession": "Q12345", "cifUrl": "file:///etc/passwd"}]`)
	if err := ask(ID{AlphaFold, "Q12345"}); err == nil || !strings.Contains(err.Error(), "no cifUrl") {
		t.Errorf("a list with another kind of address: %v", err)
	}
	a.busy = 2
	if err := ask(ID{PDB, "7cfn"}); err != nil {
		t.Errorf("a server that is busy for a moment: %v", err)
	}

	c.Offline = true
	var cut *UnreachableError
	if err := ask(ID{PDB, "8xyz"}); !errors.As(err, &cut) || !strings.Contains(err.Error(), "not in the cache") {
		t.Errorf("offline: %v", err)
	}
	if err := ask(ID{PDB, "7cfn"}); err != nil {
		t.Errorf("offline, what is in the cache: %v", err)
	}
	c.Offline = false

	l, err := net.Listen("tcp", "127.0.0.1:0") // a place where nobody listens any more
	if err != nil {
		t.Fatal(err)
	}
	nobody := l.Addr().String()
	l.Close()
	c.Addresses.PDB = "http://" + nobody + "/{id}"
	if err := ask(ID{PDB, "8xyz"}); !errors.As(err, &cut) || !strings.Contains(err.Error(), nobody+" cannot be reached") || !strings.Contains(err.Error(), "Is this computer offline") {
		t.Errorf("nobody listens: %v", err)
	}
}

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want ID
	}{
		{"7CFN", ID{PDB, "7cfn"}},
		{" 7cfn ", ID{PDB, "7cfn"}},
		{"PDB:7cfn", ID{PDB, "7cfn"}},
		{"pdb_00007cfn", ID{PDB, "7cfn"}},
		{"1e10", ID{PDB, "1e10"}},
		{"PDB:1234", ID{PDB, "1234"}},
		{"EMD-30342", ID{EMDB, "30342"}},
		{"emd_1044", ID{EMDB, "1044"}},
		{"EMDB:EMD-1044", ID{EMDB, "1044"}},
		{"emdb1044", ID{EMDB, "1044"}},
		{"P00520", ID{AlphaFold, "P00520"}},
		{"AF-P00520-F1-model_v4", ID{AlphaFold, "P00520"}},
		{"A0A024R1R8", ID{AlphaFold, "A0A024R1R8"}},
		{"uniprot:q8w3k0", ID{AlphaFold, "Q8W3K0"}},
		{"1234", ID{}},
		{"../etc", ID{}},
		{"", ID{}},
		{"EMD-12", ID{}},
		{"7CFNX", ID{}},
		{"AF-P00520-F2", ID{}},
	}
	for _, tt := range tests {
		got, err := Parse(tt.text)
		if got != tt.want || (err == nil) != (tt.want != ID{}) {
			t.Errorf("Parse(%q): %v (%v), want %v", tt.text, got, err, tt.want)
		}
	}
	ids, err := ParseAll("7CFN, EMD-30342\nP00520")
	if err != nil || len(ids) != 3 || ids[2].String() != "AF-P00520" {
		t.Errorf("ParseAll: %v (%v)", ids, err)
	}
	if _, err := ParseAll("7CFN what"); err == nil {
		t.Error("ParseAll: took what is no identifier")
	}
}

func TestFilesTellTheirEntries(t *testing.T) {
	for _, id := range []ID{{PDB, "7cfn"}, {EMDB, "30342"}, {AlphaFold, "A0A024R1R8"}} {
		if got, ok := OfFile(id.file()); !ok || got != id {
			t.Errorf("OfFile(%q): %v (%t), want %v", id.file(), got, ok, id)
		}
	}
	for _, name := range []string{"map.mrc.gz", "7CFN.cif.gz", "emd_1.map.gz", "x7cfn.cif.gz", ""} {
		if got, ok := OfFile(name); ok {
			t.Errorf("OfFile(%q): %v, want none", name, got)
		}
	}
}

func TestAddressesAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "difffit", "addresses.json")
	a, err := ReadAddresses(path)
	if err != nil || a != DefaultAddresses() {
		t.Fatalf("without a file: %v (%v)", a, err)
	}
	if err := a.Set("pdb", "http://mirror.local/{id}"); err != nil {
		t.Fatal(err)
	}
	if err := a.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(text), "alphafold") {
		t.Errorf("the file has %s (%v), want what was changed alone", text, err)
	}
	if b, err := ReadAddresses(path); err != nil || b != a {
		t.Errorf("read again: %v (%v), want %v", b, err, a)
	}
	for _, wrong := range []string{"ftp://mirror.local/{id}", "mirror/{id}", "http://mirror.local/x", "http://%/{id}"} {
		if err := a.Set("pdb", wrong); err == nil {
			t.Errorf("Set took %q", wrong)
		}
	}
	if err := a.Set("pdbx", "http://mirror.local/{id}"); err == nil {
		t.Error("Set took a name that is none")
	}
	if err := a.Set("pdb", ""); err != nil || a != DefaultAddresses() {
		t.Errorf("Set back: %v (%v)", a, err)
	}
}

// Addresses that were read can be written, and are the same then.
func FuzzAddresses(f *testing.F) {
	f.Add([]byte(`{"pdb": "https://example.org/{id}.cif"}`))
	f.Add([]byte(`{"pdb": "file:///{ID}", "none": ""}`))
	path := filepath.Join(f.TempDir(), "addresses.json")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := ReadAddresses(path)
		if err != nil {
			return
		}
		if err := a.WriteFile(path); err != nil {
			t.Fatal(err)
		}
		if again, err := ReadAddresses(path); err != nil || again != a {
			t.Errorf("read again: %+v, %v, want %+v", again, err, a)
		}
	})
}

// A list of predictions has an address that can be asked, or an error says why.
func FuzzPredictions(f *testing.F) {
	f.Add([]byte(`[{"uniprotAccession": "P00520", "cifUrl": "https://example.org/AF-P00520.cif"}]`))
	f.Add([]byte(` {"cifUrl": "http:///x"}`))
	path := filepath.Join(f.TempDir(), "list.json")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		address, isList, err := predictionAddress(path, ID{AlphaFold, "P00520"})
		if (address != "") != (isList && err == nil) {
			t.Errorf("address %q, a list %t, %v", address, isList, err)
		}
	})
}

func FuzzHeader(f *testing.F) {
	f.Add([]byte(headerText))
	f.Add([]byte("<emd><map><contour_level>1</contour_level></map></emd>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := decodeHeader(bytes.NewReader(data))
		if err == nil && e == nil {
			t.Error("neither an entry nor an error")
		}
	})
}

// A server is one that answers in its own way.
func served(t *testing.T, answer http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	c := &Client{Folder: t.TempDir(), Agent: "test", quick: true, Addresses: DefaultAddresses()}
	c.Addresses.PDB = s.URL + "/{id}"
	return c
}

func TestFetchBelievesWhatIsWhole(t *testing.T) {
	text := make([]byte, 300_000)
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range text {
		text[i] = byte(rng.Uint32())
	}
	file := packed(t, append([]byte("data_x\n"), text...))
	other := packed(t, append([]byte("data_y\n"), text...))
	n := len(file)
	part := func(w http.ResponseWriter, data []byte, from, to, total int, tag string) {
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to-1, total))
		w.Header().Set("Content-Length", fmt.Sprint(to-from))
		w.WriteHeader(http.StatusPartialContent)
		_, _ = w.Write(data[from:to])
	}
	broken := func(w http.ResponseWriter, data []byte, tag string) {
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Length", fmt.Sprint(len(data)))
		_, _ = w.Write(data[:len(data)/2])
		panic(http.ErrAbortHandler)
	}
	from := func(r *http.Request) int {
		at := 0
		_, _ = fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-", &at)
		return at
	}
	for _, tt := range []struct {
		name   string
		answer http.HandlerFunc
		want   []byte // nil: an error
	}{
		{"another version behind the break", func(w http.ResponseWriter, r *http.Request) {
			if at := from(r); at > 0 {
				part(w, other, at, len(other), len(other), `"b"`)
				return
			}
			broken(w, file, `"a"`)
		}, nil},
		{"another version from then on", func() http.HandlerFunc {
			asked := 0
			return func(w http.ResponseWriter, r *http.Request) {
				switch asked++; {
				case asked == 1:
					broken(w, file, `"a"`)
				case from(r) > 0:
					part(w, other, from(r), len(other), len(other), `"b"`)
				default:
					_, _ = w.Write(other)
				}
			}
		}(), other},
		{"ranges in pieces", func(w http.ResponseWriter, r *http.Request) {
			at := from(r)
			if at == 0 {
				broken(w, file, `"a"`)
			}
			part(w, file, at, min(at+40_000, n), n, `"a"`)
		}, file},
		{"a part that nobody asked for", func(w http.ResponseWriter, r *http.Request) {
			at := from(r)
			part(w, file, at, min(at+100, at+(n-at+1)/2+1), n, `"a"`)
		}, nil},
		{"half of it without a length", func(w http.ResponseWriter, _ *http.Request) {
			connection, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_, _ = fmt.Fprintf(connection, "HTTP/1.0 200 OK\r\n\r\n%s", file[:n/2])
				_ = connection.Close()
			}
		}, nil},
		{"all of it without a length", func(w http.ResponseWriter, _ *http.Request) {
			connection, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_, _ = fmt.Fprintf(connection, "HTTP/1.0 200 OK\r\n\r\n%s", file)
				_ = connection.Close()
			}
		}, file},
		{"more than there can be", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(5<<30))
			w.WriteHeader(http.StatusOK)
		}, nil},
		{"redirection in a circle", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, nil},
		{"redirection to a file", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			asked := 0
			c := served(t, func(w http.ResponseWriter, r *http.Request) {
				asked++
				tt.answer(w, r)
			})
			if strings.HasPrefix(tt.name, "a part") { // of one byte at the least: stopped after some
				ctx, cancel := context.WithCancel(context.Background())
				_, err := c.Fetch(ctx, ID{PDB, "7cfn"}, func(p Progress) {
					if p.Done > 1000 {
						cancel()
					}
				})
				if !errors.Is(err, context.Canceled) {
					t.Errorf("error %v, want that it was stopped: a part is not the whole", err)
				}
				return
			}
			r, err := c.Fetch(context.Background(), ID{PDB, "7cfn"}, nil)
			if tt.want == nil {
				if err == nil {
					t.Errorf("%d bytes were taken", r.Bytes)
				}
				if strings.HasPrefix(tt.name, "redirection") && (asked > mostRedirects+1 || strings.Contains(err.Error(), "offline")) {
					t.Errorf("asked %d times: %v", asked, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(r.Path); err != nil || !bytes.Equal(got, tt.want) {
				t.Errorf("got %d bytes, %v, want %d", len(got), err, len(tt.want))
			}
		})
	}
}

// Two who want the same get it once.
func TestFetchWaitsForAnother(t *testing.T) {
	file := packed(t, []byte("data_x\n"))
	asked := make(chan bool, 9)
	answer := make(chan bool)
	c := served(t, func(w http.ResponseWriter, _ *http.Request) {
		asked <- true
		<-answer
		_, _ = w.Write(file)
	})
	both := make(chan error, 2)
	for range 2 {
		go func() {
			_, err := c.Fetch(context.Background(), ID{PDB, "7cfn"}, nil)
			both <- err
		}()
	}
	<-asked
	close(answer)
	if err := errors.Join(<-both, <-both); err != nil || len(asked) != 0 {
		t.Errorf("%v; asked once more: %d times", err, len(asked))
	}
}

// What came from a mirror is not what the archive has.
func TestFetchAsksTheOtherAddress(t *testing.T) {
	a := newArchive(t)
	c := a.client(t)
	mustFetch(t, c, "7CFN")
	mustFetch(t, c, "P00520")
	b := newArchive(t)
	b.files["/pdb/7CFN.cif.gz"] = packed(t, []byte("data_other\n#\n"))
	d := b.client(t)
	d.Folder = c.Folder
	if r := mustFetch(t, d, "7CFN"); r.Cached || !strings.HasPrefix(r.From, b.URL) {
		t.Errorf("%+v, want it from the other address", r)
	}
	if r := mustFetch(t, c, "P00520"); !r.Cached {
		t.Errorf("%+v, want it from the cache", r)
	}
	if r := mustFetch(t, d, "P00520"); r.Cached {
		t.Errorf("%+v, want it from the other address", r)
	}
}
