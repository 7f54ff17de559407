package embedded

import (
	"io"
	"os"
	"regexp"
	"strings"
)

// logLimit is the size at which a log is rotated.
const logLimit = 32 << 20

// putAside renames a log of an earlier start.
func putAside(path string) error {
	err := os.Rename(path, path+".1")
	if os.IsNotExist(err) {
		return nil
	}
	return err
}

// trim copies a large log that a process is writing, and empties it. The process appends, so it continues at the start of
// the emptied file. A line written at this moment may be lost.
func trim(path string) error {
	info, err := os.Stat(path)
	if err != nil || info.Size() < logLimit {
		return err
	}
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.OpenFile(path+".1", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(to, from); err != nil {
		to.Close()
		return err
	}
	if err := to.Close(); err != nil {
		return err
	}
	return os.Truncate(path, 0)
}

// fatal matches the line with Dgraph's reason for ending. A stack trace follows it.
var fatal = regexp.MustCompile(`^(\d{4}/\d\d/\d\d |F\d{4} |panic: |fatal error: )`)

// lastWords returns the reason for a process's end from its log: the line with the reason, or the last lines.
func lastWords(path string) string {
	const tail = 64 << 10
	f, err := os.Open(path)
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	if size, err := f.Seek(0, io.SeekEnd); err == nil {
		f.Seek(max(0, size-tail), io.SeekStart)
	}
	data, err := io.ReadAll(io.LimitReader(f, tail))
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	from, to := max(0, len(lines)-5), len(lines)
	for i, line := range lines {
		if fatal.MatchString(line) {
			from, to = i, i+1
		}
	}
	if words := strings.Join(lines[from:to], "\n"); words != "" {
		return words
	}
	return "it said nothing"
}
