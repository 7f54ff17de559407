package embedded

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// This file reads the formats of Dgraph's files (Badger v4, raftwal of Dgraph v25) as far as needed to detect damage.
// Dgraph itself takes some damage for a new store, and deletes files that the store does not name.

// examineTables compares the list of the graph's tables with the existing tables.
func examineTables(p string) ([]fault, error) {
	files, err := filepath.Glob(filepath.Join(p, "*.sst"))
	if err != nil {
		return nil, err
	}
	path := filepath.Join(p, "MANIFEST")
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return []fault{{path, "is missing"}}, nil
	}
	if err != nil {
		return nil, err
	}
	tables, whole, what := readManifest(content)
	if what != "" {
		return []fault{{path, what}}, nil
	}
	there := map[uint64]bool{}
	for _, file := range files {
		if id, err := strconv.ParseUint(strings.TrimSuffix(filepath.Base(file), ".sst"), 10, 64); err == nil {
			there[id] = true
		}
	}
	unnamed := len(there)
	var faults []fault
	for _, id := range slices.Sorted(maps.Keys(tables)) {
		file := filepath.Join(p, fmt.Sprintf("%06d.sst", id))
		if !there[id] {
			faults = append(faults, fault{file, "is missing"})
			continue
		}
		unnamed--
		if what, err := examineTable(file); err != nil || what != "" {
			if err != nil {
				return nil, err
			}
			faults = append(faults, fault{file, what})
		}
	}
	// An interrupted write leaves tables that are not listed yet, or half a record, but rarely both.
	if unnamed > 0 && (!whole || len(tables) == 0 && len(content) <= manifestHead) {
		faults = append(faults, fault{path, "is cut off: it lacks tables that are there"})
	}
	return faults, nil
}

// manifestHead is the length of the header of a MANIFEST: its magic text and two versions.
const manifestHead = 8

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// readManifest returns the tables that a MANIFEST lists, and whether its last record is complete. It also returns a
// description of the damage; empty if there is none.
func readManifest(content []byte) (tables map[uint64]bool, whole bool, what string) {
	if len(content) < manifestHead || !bytes.HasPrefix(content, []byte("Bdgr")) {
		return nil, false, "is damaged: its beginning is missing"
	}
	tables = map[uint64]bool{}
	for rest := content[manifestHead:]; len(rest) > 0; {
		if len(rest) < 8 {
			return tables, false, ""
		}
		length, sum := binary.BigEndian.Uint32(rest), binary.BigEndian.Uint32(rest[4:])
		if uint64(length) > uint64(len(content)) {
			return nil, false, "is damaged: a record is longer than the file"
		}
		if uint64(len(rest)-8) < uint64(length) {
			return tables, false, ""
		}
		record := rest[8 : 8+length]
		if crc32.Checksum(record, castagnoli) != sum || !applyManifest(tables, record) {
			return nil, false, "is damaged: a checksum does not match"
		}
		rest = rest[8+length:]
	}
	return tables, true, ""
}

// applyManifest applies a record of a MANIFEST, a protocol buffer: a list (field 1) of changes, each with the number of a
// table (field 1) and whether the table is deleted (field 2).
func applyManifest(tables map[uint64]bool, record []byte) bool {
	return eachField(record, func(number, _ uint64, change []byte) bool {
		if number != 1 {
			return true
		}
		var id, gone uint64
		ok := eachField(change, func(number, value uint64, _ []byte) bool {
			switch number {
			case 1:
				id = value
			case 2:
				gone = value
			}
			return true
		})
		if gone == 1 {
			delete(tables, id)
		} else {
			tables[id] = true
		}
		return ok
	})
}

// eachField reads the fields of a protocol buffer. It returns false if the buffer is invalid.
func eachField(message []byte, visit func(number, value uint64, content []byte) bool) bool {
	for len(message) > 0 {
		key, n := binary.Uvarint(message)
		if n <= 0 {
			return false
		}
		message = message[n:]
		value, n := binary.Uvarint(message)
		if n <= 0 {
			return false
		}
		message = message[n:]
		var content []byte
		switch key & 7 {
		case 0: // a number
		case 2: // bytes, preceded by their length
			if value > uint64(len(message)) {
				return false
			}
			content, message = message[:value], message[value:]
		default:
			return false
		}
		if !visit(key>>3, value, content) {
			return false
		}
	}
	return true
}

// examineTable checks the index at the end of a table against its checksum. Dgraph checks the rest when it opens the
// table.
func examineTable(path string) (what string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	const cut = "is damaged: its end is missing"
	end := info.Size()
	// before reads the n bytes before the end and moves the end to their start.
	before := func(n int64) []byte {
		if n < 0 || n > end {
			return nil
		}
		b := make([]byte, n)
		if _, err := f.ReadAt(b, end-n); err != nil {
			return nil
		}
		end -= n
		return b
	}
	number := func() int64 {
		if b := before(4); b != nil {
			return int64(binary.BigEndian.Uint32(b))
		}
		return -1
	}
	const mostOfChecksum = 64
	size := number()
	if size > mostOfChecksum {
		return cut, nil
	}
	checksum := before(size)
	index := before(number())
	if len(checksum) == 0 || len(index) == 0 {
		return cut, nil
	}
	var sum uint64
	algorithm := uint64(0) // CRC32C
	if !eachField(checksum, func(number, value uint64, _ []byte) bool {
		switch number {
		case 1:
			algorithm = value
		case 2:
			sum = value
		}
		return true
	}) {
		return cut, nil
	}
	if algorithm == 0 && uint64(crc32.Checksum(index, castagnoli)) != sum {
		return "is damaged: a checksum does not match", nil
	}
	return "", nil
}

// The format of a Raft log: slots of a fixed size, each with the position of an entry's content, followed by the
// contents.
const (
	logSlots    = 30_000
	logSlotSize = 32
	logContents = 1 << 20
	metaSize    = 1 << 20
)

// examineLogs checks that the logs of a process contain the contents that their slots name.
func examineLogs(dir string) ([]fault, error) {
	var faults []fault
	meta := filepath.Join(dir, "wal.meta")
	info, err := os.Stat(meta)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		faults = append(faults, fault{meta, "is missing"})
	case err != nil:
		return nil, err
	case info.Size() < metaSize:
		faults = append(faults, fault{meta, "is damaged: its end is missing"})
	}
	logs, err := filepath.Glob(filepath.Join(dir, "*.wal"))
	if err != nil {
		return nil, err
	}
	if len(logs) == 0 {
		faults = append(faults, fault{dir, "is damaged: it has no log"})
	}
	for i, log := range logs { // in order, because their names have numbers of the same length
		newest := i > 0 && i == len(logs)-1
		whole, err := wholeLog(log, newest)
		if err != nil {
			return nil, err
		}
		if !whole {
			faults = append(faults, fault{log, "is damaged: its end is missing"})
		}
	}
	return faults, nil
}

// wholeLog reports whether a log contains the contents that its slots name. The newest log can be empty, because it has
// just been created.
func wholeLog(path string, newest bool) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	if info.Size() < logContents {
		return newest && info.Size() == 0, nil
	}
	slots := make([]byte, logSlots*logSlotSize)
	if _, err := f.ReadAt(slots, 0); err != nil {
		return false, err
	}
	for slot := range slices.Chunk(slots, logSlotSize) {
		index, at := binary.BigEndian.Uint64(slot[8:]), binary.BigEndian.Uint64(slot[16:])
		if index == 0 {
			break
		}
		if at == 0 {
			continue
		}
		var length [4]byte
		if at > uint64(info.Size()) {
			return false, nil
		}
		if _, err := f.ReadAt(length[:], int64(at)); err != nil {
			return false, nil
		}
		if at+4+uint64(binary.BigEndian.Uint32(length[:])) > uint64(info.Size()) {
			return false, nil
		}
	}
	return true, nil
}
