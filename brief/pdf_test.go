//go:build linux

package brief

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"masar"
	"masar/words"
)

// stand is a program that stands for Chromium, in a directory of its own.
type stand struct{ dir string }

// newStand writes a shell script as the program. In it, $out is the path of the PDF and $dir the directory of the stand.
// The directories for prints are in the directory, too.
func newStand(t *testing.T, script string) stand {
	t.Helper()
	s := stand{t.TempDir()}
	prints := filepath.Join(s.dir, "prints")
	if err := os.Mkdir(prints, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", prints)
	before := "#!/bin/sh\ndir='" + s.dir + "'\nfor a in \"$@\"; do case $a in --print-to-pdf=*) out=${a#--print-to-pdf=};; esac; done\n"
	if err := os.WriteFile(s.program(), []byte(before+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s stand) program() string { return filepath.Join(s.dir, "chromium") }

// file is the content of a file in the directory; empty if there is none.
func (s stand) file(name string) string {
	text, _ := os.ReadFile(filepath.Join(s.dir, name))
	return string(text)
}

// await waits for a file with content in the directory.
func (s stand) await(t *testing.T, name string) {
	t.Helper()
	for range 500 {
		if s.file(name) != "" {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s is not written", name)
}

// isClean fails the test if a process whose number is in the file pids still runs, or a directory is left.
func (s stand) isClean(t *testing.T) {
	t.Helper()
	for pid := range strings.FieldsSeq(s.file("pids")) {
		for i := 0; runs(pid); i++ {
			if i == 100 {
				t.Errorf("process %s still runs", pid)
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	left, err := os.ReadDir(filepath.Join(s.dir, "prints"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// runs reports whether a process runs. One that has ended and waits for its parent does not.
func runs(pid string) bool {
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	_, after, _ := strings.Cut(string(stat), ") ")
	return err == nil && !strings.HasPrefix(after, "Z")
}

// makes is the end of a script that makes a PDF.
const makes = "printf '%%PDF-1.7' > \"$out\"\n"

// hangs is a script with two processes that do not end.
const hangs = "sleep 1000 &\necho $! $$ > $dir/pids\nsleep 1000\n"

// Catches: a Chromium that fails and yields a PDF, an error without a stable code or without the cause for the log, and a
// process or a directory that is left.
func TestPrintsThatFail(t *testing.T) {
	for name, c := range map[string]struct{ script, cause string }{
		"hangs":            {hangs, "no PDF after 300ms"},
		"crashes":          {"echo 'the GPU is on fire' >&2\nexit 3\n", "exit status 3: the GPU is on fire"},
		"crashes later":    {makes + "kill -SEGV $$\n", "segmentation fault"},
		"writes nothing":   {"exit 0\n", "no such file"},
		"writes no PDF":    {"echo '<html>' > \"$out\"\n", "7 bytes that are not a PDF"},
		"leaves a process": {"sleep 1000 &\necho $! > $dir/pids\nexit 1\n", "exit status 1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t, c.script)
			p := NewPrinter(s.program())
			p.time = 300 * time.Millisecond
			began := time.Now()
			pdf, err := p.PDF(t.Context(), []byte("<p>"))
			if masar.ErrorCode(err) != masar.CodePDFFailed || pdf != nil || !strings.Contains(err.Error(), c.cause) {
				t.Errorf("%q %v", pdf, err)
			}
			if strings.Contains(words.Message(err).EN, c.cause) {
				t.Errorf("clients see the cause: %v", words.Message(err))
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("ended after %s", took)
			}
			s.isClean(t)
			if err := p.waits(t); err != nil {
				t.Errorf("the printer is not free afterwards: %v", err)
			}
		})
	}
	t.Run("does not start", func(t *testing.T) {
		_, err := NewPrinter("/nowhere/chromium").PDF(t.Context(), nil)
		if masar.ErrorCode(err) != masar.CodePDFFailed || !strings.Contains(err.Error(), "/nowhere/chromium") {
			t.Error(err)
		}
	})
}

// waits reports whether a print has to wait for another.
func (p *Printer) waits(t *testing.T) error {
	select {
	case p.place <- struct{}{}:
		<-p.place
		return nil
	case <-t.Context().Done():
	case <-time.After(time.Second):
	}
	return errors.New("it is not free")
}

// Catches: two prints at once, and a print that is lost while it waits.
func TestPrintsOneAtATime(t *testing.T) {
	s := newStand(t, "mkdir $dir/busy || echo overlap >> $dir/overlaps\nsleep 0.1\nrmdir $dir/busy\n"+makes)
	p := NewPrinter(s.program())
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if pdf, err := p.PDF(t.Context(), nil); err != nil || string(pdf) != "%PDF-1.7" {
				t.Errorf("%q %v", pdf, err)
			}
		})
	}
	all.Wait()
	if s.file("overlaps") != "" {
		t.Error("two prints ran at once")
	}
	s.isClean(t)
}

// Catches: a Chromium that runs on for a client that has gone, and a client that waits although it has gone.
func TestClientsThatLeave(t *testing.T) {
	s := newStand(t, hangs)
	p := NewPrinter(s.program())
	ctx, leave := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := p.PDF(ctx, nil)
		ended <- err
	}()
	s.await(t, "pids")
	waiting, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := p.PDF(waiting, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("one that waits: %v", err)
	}
	leave()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("one whose Chromium runs: %v", err)
	}
	s.isClean(t)
}

// Catches: a Chromium that sees masar's secrets, that may resolve names, that writes outside its directory, or that runs
// without a sandbox where it could have one.
func TestChromiumHasOnlyWhatItNeeds(t *testing.T) {
	t.Setenv("MASAR_DGRAPH", "dgraph://user:hunter2@host:9080")
	s := newStand(t, "env > $dir/env\necho \"$@\" > $dir/arguments\n"+makes)
	if _, err := NewPrinter(s.program()).PDF(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if env := s.file("env"); strings.Contains(env, "MASAR") || !strings.Contains(env, "HOME="+s.dir+"/prints/masar-brief-") {
		t.Errorf("variables: %s", env)
	}
	arguments := s.file("arguments")
	for _, want := range []string{"--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + s.dir + "/prints/masar-brief-", "file://" + s.dir + "/prints/masar-brief-"} {
		if !strings.Contains(arguments, want) {
			t.Errorf("%s is missing in %s", want, arguments)
		}
	}
	j := job{"/x"}
	if slices.Contains(j.arguments(false), "--no-sandbox") || !slices.Contains(j.arguments(true), "--no-sandbox") {
		t.Error("--no-sandbox does not follow the decision")
	}
	if withoutSandbox() && os.Geteuid() != 0 {
		t.Error("a user other than root has no sandbox")
	}
}

// Catches: a service without Chromium that fails in another way, in either language.
func TestWithoutChromium(t *testing.T) {
	for _, p := range []*Printer{nil, NewPrinter("")} {
		_, err := p.PDF(t.Context(), nil)
		message := words.Message(err)
		if masar.ErrorCode(err) != masar.CodePDFNotAvailable || !strings.HasPrefix(message.EN, "PDF is not available on this server.") || !strings.HasPrefix(message.AR, "لا يتيح هذا الخادم ملفات PDF.") {
			t.Errorf("%v: %v", err, message)
		}
	}
}

// Catches: a Chromium in PATH that is not found, and a named one that is missing and replaced by another in silence.
func TestFindChromium(t *testing.T) {
	s := newStand(t, makes)
	for path, want := range map[string]string{s.dir: s.program(), "/nowhere": ""} {
		t.Setenv("PATH", path)
		if found, err := FindChromium(""); found != want || err != nil {
			t.Errorf("in %s: %q %v", path, found, err)
		}
	}
	t.Setenv("PATH", s.dir)
	if found, err := FindChromium("no-chromium"); err == nil {
		t.Errorf("found %q", found)
	}
	if found, err := FindChromium(s.program()); found != s.program() || err != nil {
		t.Errorf("%q %v", found, err)
	}
}
