package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"masar/dgraph/embedded"
	"masar/dgraph/embedded/carried"
)

// checkDirectory checks the data directory itself. there reports whether it has a graph, so that more can be checked.
func (d *doctor) checkDirectory() (there bool, err error) {
	const check = "directory"
	absolute, err := filepath.Abs(d.dataDir)
	if err != nil {
		return false, err
	}
	d.dataDir = absolute
	info, err := os.Stat(d.dataDir)
	if errors.Is(err, fs.ErrNotExist) {
		d.fault(check, d.dataDir+" does not exist", "There is no graph here.",
			"name the data directory of the service with --data-dir, or make a new graph: masar serve "+d.where())
		return false, d.noGraph()
	}
	if err == nil && !info.IsDir() {
		d.fault(check, d.dataDir+" is not a directory", "There is no graph here.", "name the data directory of the service with --data-dir")
		return false, nil
	}
	if err == nil {
		err = embedded.CanWrite(d.dataDir)
	}
	if err == nil {
		d.usage, err = embedded.Look(d.dataDir)
	}
	if err != nil {
		d.fault(check, fmt.Sprintf("this user (%d) cannot use %s: %v", os.Geteuid(), d.dataDir, err), "\"masar serve\" cannot run as this user.",
			"run masar as the owner of the directory, or give the directory to this user: sudo chown -R "+fmt.Sprint(os.Geteuid())+" "+quoted(d.dataDir))
		return false, nil
	}
	if d.usage.Use == embedded.Unused && !embedded.Filled(d.dataDir) {
		d.fault(check, d.dataDir+" has no graph", "No service has filled this directory yet.",
			"name the data directory of the service with --data-dir, or make a new graph: masar serve "+d.where())
		return false, d.noGraph()
	}
	d.ok(check, "%s", d.dataDir)
	return true, nil
}

// checkDisk checks the space of the data directory.
func (d *doctor) checkDisk() {
	const check = "disk"
	disk, err := embedded.DiskOf(d.dataDir)
	tables, tablesErr := embedded.TablesSize(d.dataDir)
	if err := errors.Join(err, tablesErr); err != nil {
		d.unchecked(check, err.Error())
		return
	}
	free := "free space there; graphs of before a start with --new: ls -d " + quoted(d.dataDir) + "/before-*"
	switch {
	case disk.ReadOnly:
		d.fault(check, "the file system of "+d.dataDir+" is read-only", "Dgraph cannot write, and does not start.",
			"find the reason in the log of the system (dmesg), then: sudo mount -o remount,rw MOUNTPOINT")
	case disk.Full():
		d.fault(check, "the disk is full: "+disk.String(), "Dgraph ends at its next write. Acknowledged writes are kept.", free+"; Dgraph then starts by itself")
	case disk.Low():
		d.warning(check, "the disk is nearly full: "+disk.String(), "Dgraph ends when the disk is full. Acknowledged writes are kept.", free)
	case disk.Free < uint64(tables):
		d.warning(check, fmt.Sprintf("%s, and the tables of the graph have %d MB", disk, tables>>20),
			"Dgraph writes new tables before it deletes the tables that they replace. The disk may become full.", free)
	default:
		d.ok(check, "%s", disk)
	}
}

// checkPermissions checks owners and modes of the files.
func (d *doctor) checkPermissions() {
	const check = "permissions"
	faults, err := embedded.Permissions(d.dataDir)
	if err != nil {
		d.fault(check, err.Error(), "Masar cannot read its files.", "run masar doctor as the owner of the directory")
		return
	}
	foreign := 0
	for _, f := range faults {
		if f.Owner < 0 {
			d.fault(check, f.File+" "+f.What, "Other users of this machine can reach the graph without a login.", fmt.Sprintf("chmod %04o %s", f.Mode, quoted(f.File)))
			continue
		}
		if foreign++; foreign == 1 { // one command mends all
			d.fault(check, f.File+" "+f.What, "The service cannot write this file. This happens after a masar command by another user, such as root.",
				fmt.Sprintf("sudo chown -R %d %s", f.Owner, quoted(d.dataDir)))
		}
	}
	if len(faults) == 0 {
		d.ok(check, "only the owner can reach the files")
	}
}

// checkFiles checks the files of the graph: their contents if no Dgraph runs, and otherwise only that they exist.
func (d *doctor) checkFiles(ctx context.Context) error {
	const check = "files"
	damages, deep, err := d.damages(ctx)
	if err != nil {
		d.fault(check, err.Error(), "Masar cannot read its files.", "run masar doctor as the owner of the directory")
		return ctx.Err()
	}
	for _, damage := range damages {
		meaning := "The graph is incomplete. \"masar serve\" does not start on it."
		if d.usage.Use == embedded.Serving {
			meaning = "The graph is incomplete, and the next start of masar fails."
		}
		d.fault(check, damage.File+" "+damage.What, meaning,
			d.orAccept("restore a backup, or start anew, which keeps the old files: masar serve "+d.where()+" --new", damage))
	}
	switch {
	case len(damages) > 0:
	case deep:
		d.ok(check, "no damage in tables and logs")
	case d.usage.Use == embedded.Unused:
		d.ok(check, "no damage in logs and lists of tables; this binary cannot check the tables themselves")
	default:
		d.ok(check, "none is missing; their contents are checked while masar is stopped")
	}
	return nil
}

// orAccept adds to what mends a damage that the graph can be accepted as it is, if it can.
func (d *doctor) orAccept(mend string, damage *embedded.DamageError) string {
	if damage.Accept {
		mend += "; or accept the graph as it is: rm " + quoted(embedded.MarkerPath(d.dataDir))
	}
	return mend
}

// damages returns damaged files. deep reports that their contents have been checked. A masar that starts in the meantime
// changes its files, so the result of such a check is dropped.
func (d *doctor) damages(ctx context.Context) (found []*embedded.DamageError, deep bool, err error) {
	if d.usage.Use == embedded.Unused {
		found, err = embedded.Examine(d.dataDir)
		if err == nil && len(found) == 0 && carried.Carried {
			deep = true
			err = d.step("reading the tables of the graph", func() error {
				found, err = embedded.DamagedTables(ctx, d.dataDir)
				return err
			})
		}
		now, lookErr := embedded.Look(d.dataDir)
		if lookErr == nil && now.Use == embedded.Unused {
			return found, deep, err
		}
		d.usage = now
	}
	found, err = embedded.Present(d.dataDir)
	return found, false, err
}

// checkProcesses checks masar and its Dgraph.
func (d *doctor) checkProcesses(ctx context.Context) {
	const check = "processes"
	running := d.processes()
	switch d.usage.Use {
	case embedded.Unused:
		if d.usage.PID == 0 {
			d.ok(check, "masar is not running")
			return
		}
		d.ok(check, "masar is not running; process %d ended without stopping Dgraph, and the next start recovers from Dgraph's logs", d.usage.PID)
		return
	case embedded.Abandoned:
		d.fault(check, fmt.Sprintf("Dgraph is running, and masar (process %d), which started it, has ended", d.usage.PID),
			"No masar can use the directory until this Dgraph ends.", endOf(running, d.dataDir))
		return
	}
	for _, p := range running {
		if p.Suspended {
			d.fault(check, fmt.Sprintf("%s (process %d) is suspended", p.Name, p.PID), "Clients get no answers, or only old ones, for some seconds.", fmt.Sprintf("kill -CONT %d", p.PID))
		}
	}
	if d.usage.Use == embedded.Preparing {
		d.warning(check, fmt.Sprintf("masar (process %d) is starting or stopping Dgraph", d.usage.PID), "There are no answers until it is ready.",
			"wait a minute and run masar doctor again; the reason of a long wait is in "+filepath.Join(d.dataDir, "dgraph", "alpha.log"))
		return
	}
	if !d.failed(check) {
		d.askProcesses(ctx, running)
	}
	if !d.failed(check) {
		d.ok(check, "masar (process %d) is running since %s, and both processes of Dgraph answer", d.usage.PID, d.usage.Since.Local().Format(time.DateTime))
	}
}

// endOf returns the command that ends the Dgraph that is left of a masar.
func endOf(running []embedded.Process, dataDir string) string {
	var pids []string
	for _, p := range running {
		pids = append(pids, fmt.Sprint(p.PID))
	}
	if len(pids) == 0 {
		return "end the processes \"dgraph alpha\" and \"dgraph zero\" that work in " + filepath.Join(dataDir, "dgraph")
	}
	return "kill " + strings.Join(pids, " ")
}

// askProcesses checks that the processes of Dgraph answer.
func (d *doctor) askProcesses(ctx context.Context, running []embedded.Process) {
	const check = "processes"
	visitor, err := embedded.Visit(d.dataDir)
	if err != nil {
		return // the certificates have the fault
	}
	for _, a := range visitor.Ask(ctx) {
		if a.Err == nil {
			continue
		}
		p := embedded.Process{Name: a.Name}
		for _, r := range running {
			if r.Name == a.Name {
				p = r
			}
		}
		if a.Hung {
			mend := "wait 20 s and run masar doctor again"
			if p.PID != 0 {
				mend += fmt.Sprintf("; if it still hangs: kill -9 %d", p.PID)
			}
			d.fault(check, fmt.Sprintf("%s does not answer for %s", named(p), seconds(a.Took)), "Masar restarts it after 15 s without an answer. Nothing that was written is lost.", mend)
			continue
		}
		d.fault(check, fmt.Sprintf("%s does not answer: %v", named(p), a.Err), "Masar starts it again by itself.",
			"wait a minute and run masar doctor again; the reason is in "+filepath.Join(d.dataDir, "dgraph", a.Name+".log"))
	}
}

func named(p embedded.Process) string {
	if p.PID == 0 {
		return p.Name
	}
	return fmt.Sprintf("%s (process %d)", p.Name, p.PID)
}

// checkCertificates checks the certificates of a running Dgraph.
func (d *doctor) checkCertificates() {
	const check = "certificates"
	if d.usage.Use != embedded.Serving {
		d.ok(check, "none is in use; each start makes new ones")
		return
	}
	again := d.restart() + "; each start makes new certificates"
	for _, f := range embedded.CheckCertificates(d.dataDir, time.Now()) {
		d.fault(check, f.File+" "+f.What, "Masar and its commands cannot make new connections to Dgraph.", again)
	}
	if _, err := embedded.Visit(d.dataDir); err != nil && !d.failed(check) {
		d.fault(check, err.Error(), "Commands cannot connect to Dgraph.", again)
	}
	if !d.failed(check) {
		d.ok(check, "they are valid")
	}
}

// checkPorts checks that the ports of a running Dgraph require a certificate, and otherwise the ports of the last start.
func (d *doctor) checkPorts(ctx context.Context) {
	const check = "ports"
	if d.usage.Use == embedded.Unused {
		if taken := embedded.TakenPorts(ctx, d.dataDir); len(taken) > 0 {
			d.ok(check, "another program uses %s; the next start chooses other ports", strings.Join(taken, ", "))
			return
		}
		d.ok(check, "the ports of the last start are free")
		return
	}
	visitor, err := embedded.Visit(d.dataDir)
	if err != nil {
		d.unchecked(check, "needs the certificates: "+err.Error())
		return
	}
	for _, port := range visitor.Unprotected(ctx) {
		d.fault(check, port+" answers without a certificate", "Every program on this machine can use this port, or another program has taken it.", d.restart())
	}
	if !d.failed(check) {
		d.ok(check, "all ports of Dgraph require a certificate")
	}
}

// restart returns the action that restarts masar.
func (d *doctor) restart() string {
	return fmt.Sprintf("stop masar (kill %d) and start it again", d.usage.PID)
}
