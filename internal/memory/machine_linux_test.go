package memory

import (
	"testing"
	"testing/fstest"
)

// Catches: a limit of a control group that is ignored, such as that of a container or of a systemd unit, so that a
// service that is about to be ended is reported to have enough memory.
func TestMachineIsWithinItsControlGroups(t *testing.T) {
	const meminfo = "MemTotal: 4000 kB\nMemFree: 100 kB\nMemAvailable: 3000 kB\n"
	groups := func(files map[string]string) fstest.MapFS {
		root := fstest.MapFS{"proc/meminfo": {Data: []byte(meminfo)}}
		for name, content := range files {
			root[name] = &fstest.MapFile{Data: []byte(content)}
		}
		return root
	}
	for name, c := range map[string]struct {
		files map[string]string
		pid   int
		want  Machine
	}{
		"no groups": {nil, 0, Machine{Total: 4000 << 10, Available: 3000 << 10}},
		"no limit": {map[string]string{
			"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "max\n", "sys/fs/cgroup/memory.current": "5\n",
		}, 0, Machine{Total: 4000 << 10, Available: 3000 << 10}},
		"a unit": {map[string]string{
			"proc/7/cgroup": "0::/system.slice/masar.service\n", "sys/fs/cgroup/system.slice/memory.max": "max\n",
			"sys/fs/cgroup/system.slice/masar.service/memory.max":     "1000000\n",
			"sys/fs/cgroup/system.slice/masar.service/memory.current": "900000\n",
			"sys/fs/cgroup/system.slice/masar.service/memory.stat":    "anon 700000\nfile 200000\n",
			"sys/fs/cgroup/system.slice/masar.service/memory.events":  "max 4\noom_kill 2\n",
		}, 7, Machine{Total: 1000000, Available: 300000, Killed: 2}},
		"a group around it": {map[string]string{
			"proc/7/cgroup":                           "0::/a/b\n",
			"sys/fs/cgroup/a/memory.max":              "500000\n",
			"sys/fs/cgroup/a/memory.current":          "600000\n",
			"sys/fs/cgroup/a/b/memory.max":            "1000000\n",
			"sys/fs/cgroup/a/b/memory.current":        "100000\n",
			"sys/fs/cgroup/a/other/memory.events":     "oom_kill 9\n",
			"sys/fs/cgroup/a/b/memory.events":         "oom_kill 0\n",
			"sys/fs/cgroup/system.slice/memory.stat":  "file 1\n",
			"sys/fs/cgroup/system.slice/memory.extra": "",
		}, 7, Machine{Total: 500000, Available: 0}},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := ofProcess(groups(c.files), c.pid); err != nil || got != c.want {
				t.Errorf("%+v, %v, want %+v", got, err, c.want)
			}
		})
	}
	if got, err := ofProcess(fstest.MapFS{}, 0); err == nil {
		t.Errorf("without /proc: %+v", got)
	}
	if got, err := OfProcess(0); err != nil || got.Available <= 0 || got.Available > got.Total {
		t.Errorf("this process: %+v, %v", got, err)
	}
}
