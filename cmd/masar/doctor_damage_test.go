package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"masar/dgraph/embedded"
)

// replaced replaces the content of a file until the end of the test.
func replaced(t *testing.T, file string, content []byte) {
	t.Helper()
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, content)
	t.Cleanup(func() { write(t, file, before) })
}

func (p *patient) certificates(t *testing.T) {
	dir := filepath.Join(p.data, "dgraph", "tls")
	client, key := filepath.Join(dir, "client.crt"), filepath.Join(dir, "server.key")
	other, err := os.ReadFile(filepath.Join(dir, "client.key"))
	p.must(t, err)
	t.Run("expired, and with another key", func(t *testing.T) {
		replaced(t, client, selfSigned(t, time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)))
		replaced(t, key, other)
		d := p.diagnose(t, p.data)
		d.has(t, isFault, "certificates", key+" is not the key of its certificate")
		if found := d.has(t, isFault, "certificates", client+" expired on 2020-01-02"); !strings.Contains(found.Mend, "start it again") {
			t.Errorf("%+v", found)
		}
	})
	t.Run("of another authority, and missing", func(t *testing.T) {
		replaced(t, client, selfSigned(t, time.Now().Add(time.Hour)))
		p.must(t, os.Rename(filepath.Join(dir, "server.crt"), filepath.Join(dir, "away")))
		d := p.diagnose(t, p.data)
		p.must(t, os.Rename(filepath.Join(dir, "away"), filepath.Join(dir, "server.crt")))
		d.has(t, isFault, "certificates", client+" is not signed by the authority of this start")
		d.has(t, isFault, "certificates", filepath.Join(dir, "server.crt")+" is missing")
	})
}

// selfSigned returns a certificate that is valid until a time.
func selfSigned(t *testing.T, until time.Time) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "stranger"}, NotBefore: time.Unix(0, 0), NotAfter: until}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw})
}

// ports replaces Dgraph's ports by others: one that answers everyone by TLS, one by plain HTTP, and one that never
// answers, as a hung process.
func (p *patient) ports(t *testing.T) {
	file := filepath.Join(p.data, "dgraph", "ports.json")
	offset := 0
	var silent, open, plain net.Listener
	for try := 10_100; try < 11_000 && offset == 0; try++ { // below the offsets that masar chooses first
		var err1, err2, err3 error
		silent, err1 = net.Listen("tcp", fmt.Sprint("127.0.0.1:", 6080+try))
		open, err2 = net.Listen("tcp", fmt.Sprint("127.0.0.1:", 7080+try))
		plain, err3 = net.Listen("tcp", fmt.Sprint("127.0.0.1:", 5080+try))
		if err1 == nil && err2 == nil && err3 == nil {
			offset = try
		}
		for _, l := range []net.Listener{silent, open, plain} {
			if l != nil && offset == 0 {
				l.Close()
			}
		}
	}
	if offset == 0 {
		t.Fatal("no free ports")
	}
	pair, err := tls.LoadX509KeyPair(filepath.Join(p.data, "dgraph", "tls", "server.crt"), filepath.Join(p.data, "dgraph", "tls", "server.key"))
	p.must(t, err)
	answer := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "well") })
	welcoming, strict := &http.Server{Handler: answer, TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair}}}, &http.Server{Handler: answer}
	go welcoming.ServeTLS(open, "", "")
	go strict.Serve(plain)
	t.Cleanup(func() { silent.Close(); welcoming.Close(); strict.Close() })
	replaced(t, file, fmt.Appendf(nil, `{"offset": %d}`, offset))

	d := p.diagnose(t, p.data)
	d.has(t, isFault, "ports", "alpha internal at "+open.Addr().String()+" answers without a certificate")
	d.has(t, isFault, "ports", "zero gRPC at "+plain.Addr().String()+" answers without a certificate")
	if hung := d.has(t, isFault, "processes", "does not answer for 6"); !strings.HasPrefix(hung.Seen, "zero (process ") || !strings.Contains(hung.Mend, "kill -9 ") {
		t.Errorf("%+v", hung)
	}
	if ended := d.has(t, isFault, "processes", "connection refused"); !strings.HasPrefix(ended.Seen, "alpha (process ") || !strings.Contains(ended.Mend, "alpha.log") {
		t.Errorf("%+v", ended)
	}
}

// mutate changes the graph behind the back of masar.
func mutate(t *testing.T, data, upsert string) {
	t.Helper()
	dir := filepath.Join(data, "dgraph", "tls")
	authority, err := os.ReadFile(filepath.Join(dir, "ca.crt"))
	if err != nil {
		t.Fatal(err)
	}
	pair, err := tls.LoadX509KeyPair(filepath.Join(dir, "client.crt"), filepath.Join(dir, "client.key"))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	var running struct{ HTTP string }
	content, err := os.ReadFile(filepath.Join(data, "dgraph", "running.json"))
	if err == nil {
		err = json.Unmarshal(content, &running)
	}
	if err != nil {
		t.Fatal(err)
	}
	dgraph := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{pair}}}}
	r, err := dgraph.Post("https://"+running.HTTP+"/mutate?commitNow=true", "application/rdf", strings.NewReader(upsert))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if said, err := io.ReadAll(r.Body); err != nil || !bytes.Contains(said, []byte(`"code":"Success"`)) {
		t.Fatalf("%v: %s", err, said)
	}
}

func (p *patient) seed(t *testing.T) {
	other := copySeed(t, func(name string, content []byte) []byte {
		if name != "common/countries.yaml" {
			return content
		}
		return bytes.Replace(content, []byte("en: Egypt"), []byte("en: Egypt the Beautiful"), 1)
	})
	if r := command(t, p.binary, "seed", "load", "--data-dir", p.data, "--dir", other); r.code != exitOK {
		t.Fatal(r)
	}
	found := p.finds(t, isWarning, "seed", "0 records missing, 1 older or otherwise different, 0 edited by others and kept: COUNTRY/EGY (older)")
	if len(found.Records) != 1 || found.Records[0] != (differing{"COUNTRY", "EGY", "older", ""}) {
		t.Errorf("%+v", found.Records)
	}
	p.mends(t, found)
	p.isWell(t, embedded.Serving)

	// A record that somebody edited is no fault: a load of the seed keeps it.
	edit := func(set string) {
		mutate(t, p.data, `upsert { query { v as var(func: eq(xid, "COUNTRY/TUN")) } mutation { set { `+set+` } } }`)
	}
	edit("uid(v) <digest> \"other\" .\nuid(v) <by> \"curator\" .")
	edited := p.finds(t, isOK, "seed", "1 edited by others and kept: COUNTRY/TUN (edited)")
	if len(edited.Records) != 1 || edited.Records[0] != (differing{"COUNTRY", "TUN", "edited", "curator"}) {
		t.Errorf("%+v", edited.Records)
	}
	edit(`uid(v) <by> "seed" .`)
	said := p.mends(t, p.finds(t, isWarning, "seed", "COUNTRY/TUN (older)"))
	within(t, 30*time.Second, func() error { // until masar has recorded this write
		marker, err := embedded.ReadMarker(p.data)
		if err == nil && !strings.Contains(said, fmt.Sprintf("; snapshot %d\n", marker.Snapshot)) {
			err = fmt.Errorf("the marker has snapshot %d after %s", marker.Snapshot, said)
		}
		return err
	})
}

func (p *patient) marker(t *testing.T) {
	file := embedded.MarkerPath(p.data)
	marker, err := embedded.ReadMarker(p.data)
	p.must(t, err)
	change := func(t *testing.T, change func(*embedded.Marker)) diagnosis {
		other := *marker
		change(&other)
		content, err := json.Marshal(other)
		p.must(t, err)
		replaced(t, file, content)
		return p.diagnose(t, p.data)
	}
	t.Run("of a later snapshot and another version", func(t *testing.T) {
		d := change(t, func(m *embedded.Marker) { m.Snapshot, m.Masar = m.Snapshot+5, "v0.0.1" })
		d.has(t, isWarning, "versions", "the running one is masar v0.0.1")
		if found := d.has(t, isFault, "graph", "has lost writes: its graph is at snapshot"); !strings.Contains(found.Mend, "restore a backup") {
			t.Errorf("%+v", found)
		}
	})
	t.Run("of another cluster", func(t *testing.T) {
		change(t, func(m *embedded.Marker) { m.Cluster = "another" }).has(t, isFault, "graph", "is of another cluster")
	})
	t.Run("missing", func(t *testing.T) {
		p.must(t, os.Rename(file, file+".away"))
		p.finds(t, isWarning, "graph", file+" does not exist")
		p.must(t, os.Rename(file+".away", file))
	})
	t.Run("unreadable", func(t *testing.T) {
		replaced(t, file, []byte("garbage"))
		if found := p.finds(t, isFault, "files", file+" cannot be read"); !strings.Contains(found.Mend, "rm "+file) {
			t.Errorf("%+v", found)
		}
	})
}

// snapshotOf describes all files of a directory: name, mode, size and time of the last change.
func snapshotOf(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil {
			fmt.Fprintln(&all, path, info.Mode(), info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func (p *patient) damages(t *testing.T) {
	for _, d := range []damage{
		{"zw deleted", deleted("dgraph/zw"), "dgraph/zw", "is missing"},
		{"MANIFEST flipped", flipped("dgraph/p/MANIFEST", -2), "dgraph/p/MANIFEST", "is damaged"},
		{"table deleted", deleted("dgraph/p/*.sst"), "dgraph/p/*.sst", "is missing"},
		{"table flipped", flipped("dgraph/p/*.sst", 100), "dgraph/p/*.sst", "is damaged"},
		{"log truncated", truncated("dgraph/w/*.wal", 1<<20+10), "dgraph/w/*.wal", "is damaged"},
	} {
		t.Run(d.name, func(t *testing.T) {
			dir := copied(t, p.data)
			file := filepath.Join(dir, d.file)
			if strings.Contains(d.file, "*") {
				file = first(t, file)
			}
			d.do(t, dir)
			result := p.diagnose(t, dir)
			result.has(t, unchecked, "seed", "needs a Dgraph that answers")
			found := result.has(t, isFault, "files", file+" "+d.what)
			if result.Checks[0].Check != "files" {
				t.Errorf("the first fault is %+v", result.Checks[0])
			}
			if !strings.Contains(found.Mend, "restore a backup") || !strings.HasSuffix(found.Mend, "masar serve --data-dir "+dir+" --new") {
				t.Errorf("%+v", found)
			}
		})
	}
}

func (p *patient) permissions(t *testing.T) {
	dir := filepath.Join(p.data, "dgraph")
	p.must(t, os.Chmod(dir, 0o755))
	p.mends(t, p.finds(t, isFault, "permissions", dir+" is open to other users (mode 0755)"))
	if os.Geteuid() != 0 {
		t.Skip("only root can change owners")
	}
	file := filepath.Join(dir, "w", "wal.meta")
	p.must(t, os.Chown(file, 54321, -1))
	p.mends(t, p.finds(t, isFault, "permissions", file+" belongs to user 54321, and the data directory to user 0"))
}

func (p *patient) crash(t *testing.T) {
	lock := filepath.Join(p.data, "dgraph", "lock")
	const gone = 99_999_999 // above the highest process id of Linux
	replaced(t, lock, fmt.Appendln(nil, gone))
	p.finds(t, isOK, "processes", fmt.Sprintf("process %d ended without stopping Dgraph", gone))
	// While the lock is held, a Dgraph of that masar is still running. This test holds it instead.
	f, err := os.OpenFile(lock, os.O_RDWR, 0)
	p.must(t, err)
	defer f.Close()
	p.must(t, syscall.Flock(int(f.Fd()), syscall.LOCK_EX))
	found := p.finds(t, isFault, "processes", fmt.Sprintf("masar (process %d), which started it, has ended", gone))
	if !strings.Contains(found.Mend, "end the processes") {
		t.Errorf("%+v", found)
	}
	// A live owner that has not announced its Dgraph is starting it.
	write(t, lock, fmt.Appendln(nil, os.Getpid()))
	p.finds(t, isWarning, "processes", fmt.Sprintf("masar (process %d) is starting or stopping Dgraph", os.Getpid()))
}

func (p *patient) disk(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no right to mount a small disk: %v: %s", err, out)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", dir).Run() })
	data := filepath.Join(dir, "data")
	if out, err := exec.Command("cp", "-a", "--sparse=always", p.data, data).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	p.findsIn(t, data, isWarning, "disk", "the disk is nearly full")
	fill(t, filepath.Join(dir, "ballast"))
	if found := p.findsIn(t, data, isFault, "disk", "the disk is full: 0 MB free of 120 MB"); !strings.Contains(found.Mend, "ls -d "+data+"/before-*") {
		t.Errorf("%+v", found)
	}
	p.must(t, exec.Command("mount", "-o", "remount,ro", dir).Run())
	p.findsIn(t, data, isFault, "disk", "is read-only")
}
