package brief

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"masar"
)

// printTime is the maximum time of a Chromium for one brief. It usually needs less than a second.
const printTime = 20 * time.Second

// Printer prints briefs as PDF. It runs a Chromium for each brief, one at a time, and nothing between two briefs.
type Printer struct {
	chromium string // path of the program; empty without one
	time     time.Duration
	place    chan struct{} // holds a value while a Chromium runs
}

// NewPrinter returns a printer that runs the Chromium at a path. Without a path it prints nothing.
func NewPrinter(chromium string) *Printer {
	return &Printer{chromium: chromium, time: printTime, place: make(chan struct{}, 1)}
}

// FindChromium returns the path of a Chromium: of the named program, or of the first in PATH if no name is given. The path
// is empty if there is none in PATH.
func FindChromium(name string) (path string, err error) {
	if name != "" {
		return exec.LookPath(name)
	}
	for _, usual := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(usual); err == nil {
			return path, nil
		}
	}
	return "", nil
}

// Prints returns an error with the code PDF_NOT_AVAILABLE if the printer has no Chromium.
func (p *Printer) Prints() error {
	if p == nil || p.chromium == "" {
		return masar.NewError(masar.CodePDFNotAvailable, "error.brief.no_pdf", nil)
	}
	return nil
}

// PDF prints a brief from its HTML. It waits until the printer is free. The error has the code PDF_FAILED, with the cause,
// if Chromium does not end in time or makes no PDF. If the context ends, so does Chromium.
func (p *Printer) PDF(ctx context.Context, html []byte) ([]byte, error) {
	if err := p.Prints(); err != nil {
		return nil, err
	}
	select {
	case p.place <- struct{}{}:
		defer func() { <-p.place }()
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for another PDF: %w", ctx.Err())
	}
	pdf, err := p.print(ctx, html)
	switch {
	case err == nil:
		return pdf, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	return nil, masar.NewError(masar.CodePDFFailed, "error.brief.pdf_failed", nil).Because(err)
}

// print runs a Chromium in a new directory, which it removes.
func (p *Printer) print(ctx context.Context, html []byte) (pdf []byte, err error) {
	dir, err := os.MkdirTemp("", "masar-brief-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, remove(dir)) }()
	job := job{dir}
	if err := os.WriteFile(job.page(), html, 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, p.time, fmt.Errorf("no PDF after %s", p.time))
	defer cancel()
	if err := job.run(ctx, p.chromium); err != nil {
		return nil, fmt.Errorf("%s: %w%s", p.chromium, err, job.lastWords())
	}
	pdf, err = os.ReadFile(job.pdf())
	if err == nil && !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		err = fmt.Errorf("%d bytes that are not a PDF", len(pdf))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w%s", p.chromium, err, job.lastWords())
	}
	return pdf, nil
}

// job is the directory of a print: the page, the PDF, Chromium's output and its profile.
type job struct{ dir string }

func (j job) page() string { return filepath.Join(j.dir, "print.html") }
func (j job) pdf() string  { return filepath.Join(j.dir, "print.pdf") }
func (j job) log() string  { return filepath.Join(j.dir, "chromium.log") }

// run runs Chromium and ends all its processes. It returns the cause of a context that ends first.
func (j job) run(ctx context.Context, chromium string) error {
	log, err := os.Create(j.log())
	if err != nil {
		return err
	}
	defer log.Close()
	c := exec.CommandContext(ctx, chromium, j.arguments(withoutSandbox())...)
	c.Dir, c.Env = j.dir, j.environment()
	c.Stdout, c.Stderr = log, log
	c.SysProcAttr = attributes()
	c.Cancel = func() error { return end(c.Process.Pid) }
	if err = onOneThread(c.Run); c.Process != nil {
		_ = end(c.Process.Pid) // processes that Chromium has left; usually there are none
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// onOneThread calls a function on a thread of its own that lives until it returns. On Linux, a process that ends with its
// parent ends with the thread that started it.
func onOneThread(do func() error) error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		done <- do()
	}()
	return <-done
}

// arguments are those of Chromium. It loads nothing but the page: no name resolves. Its clock runs ahead and stops while
// something loads, so that it prints when the fonts of the page are there: without that, a busy machine gave PDFs in other fonts.
func (j job) arguments(withoutSandbox bool) []string {
	all := []string{
		"--headless",
		"--print-to-pdf=" + j.pdf(), "--generate-pdf-document-outline", "--no-pdf-header-footer", "--virtual-time-budget=10000",
		"--user-data-dir=" + filepath.Join(j.dir, "profile"),
		"--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--no-first-run", "--no-default-browser-check", "--disable-default-apps", "--disable-extensions",
		"--disable-gpu", "--disable-dev-shm-usage", "--disable-breakpad", "--disable-crash-reporter",
	}
	if withoutSandbox {
		all = append(all, "--no-sandbox")
	}
	return append(all, (&url.URL{Scheme: "file", Path: j.page()}).String())
}

// environment are the variables of Chromium. It writes to the directory only, and does not see masar's secrets.
func (j job) environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "HOME=" + j.dir, "TMPDIR=" + j.dir, "XDG_CONFIG_HOME=" + j.dir, "XDG_CACHE_HOME=" + j.dir}
}

// keptOutput is how much of the end of Chromium's output is kept for the log, in bytes.
const keptOutput = 1 << 10

// lastWords is the end of Chromium's output, after a colon; empty if it said nothing.
func (j job) lastWords() string {
	all, _ := os.ReadFile(j.log())
	said := strings.ToValidUTF8(string(all[max(0, len(all)-keptOutput):]), "")
	if said = strings.TrimSpace(said); said == "" {
		return ""
	}
	return ": " + said
}

// withoutSandbox reports whether Chromium must run without its sandbox. As root it has none, and refuses to start. Only in a
// container, which is a boundary of its own, is that accepted.
func withoutSandbox() bool { return os.Geteuid() == 0 && inContainer() }

func inContainer() bool {
	if os.Getenv("KUBERNETES_SERVICE_HOST") != "" {
		return true
	}
	for _, mark := range []string{"/.dockerenv", "/run/.containerenv"} { // of Docker and Podman
		if _, err := os.Stat(mark); err == nil {
			return true
		}
	}
	return false
}

// remove deletes a directory. Processes that have just been killed may still write to it for a moment.
func remove(dir string) (err error) {
	for range 50 {
		if err = os.RemoveAll(dir); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}
