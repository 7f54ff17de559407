package check

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// load reads a compose file as docker compose does, with all profiles.
func load(t *testing.T, name string, environment map[string]string) (*types.Project, error) {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(deploy, "compose", name))
	if err != nil {
		t.Fatal(err)
	}
	return loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir:  filepath.Dir(path),
		ConfigFiles: []types.ConfigFile{{Filename: path}},
		Environment: environment,
	}, func(o *loader.Options) { o.Profiles = []string{"*"} })
}

func mustLoad(t *testing.T, name string) *types.Project {
	t.Helper()
	project, err := load(t, name, nil)
	if err != nil {
		t.Fatal(err)
	}
	return project
}

var composeFiles = []string{"compose.yaml", "compose.cluster.yaml"}

// Catches: a file that docker compose refuses, and a container that can do more than it must.
func TestContainersAreHardened(t *testing.T) {
	serve := flags(t, "serve")
	for _, name := range composeFiles {
		for _, s := range mustLoad(t, name).Services {
			where := name + ": " + s.Name
			switch {
			case !s.ReadOnly:
				t.Errorf("%s: the root can be written", where)
			case !slices.Equal(s.CapDrop, []string{"ALL"}) || len(s.CapAdd) > 0:
				t.Errorf("%s: it has capabilities", where)
			case !slices.Equal(s.SecurityOpt, []string{"no-new-privileges:true"}) || s.Privileged:
				t.Errorf("%s: it may get privileges", where)
			case s.MemLimit == 0 || s.PidsLimit == 0:
				t.Errorf("%s: its memory or its processes have no limit", where)
			case s.User == "0" || s.User == "root" || s.Pid == "host" || s.NetworkMode == "host" || s.Ipc == "host":
				t.Errorf("%s: it is not separated from the machine", where)
			case strings.HasSuffix(s.Image, ":latest") && !strings.HasPrefix(s.Image, "localhost/"):
				t.Errorf("%s: the image %s has no version", where, s.Image)
			}
			for variable := range s.Environment {
				if s.Name != "proxy" { // its variables are those of proxy/
					isSetting(t, serve, where, variable)
				}
			}
			for _, port := range s.Ports {
				if s.Name != "proxy" && port.HostIP != "127.0.0.1" {
					t.Errorf("%s: port %s is open to other machines", where, port.Published)
				}
			}
			if bytes := memory(t, s); int64(s.MemLimit) < 2*bytes {
				t.Errorf("%s: %d bytes are less than twice the %d that its flags allow", where, s.MemLimit, bytes)
			}
		}
	}
}

// memory is the sum of the limits that a service sets for Go's memory.
func memory(t *testing.T, s types.ServiceConfig) (sum int64) {
	t.Helper()
	for variable, unit := range map[string]int64{"MASAR_MEMORY": 1 << 20, "MASAR_ALPHA_MEMORY": 1 << 20, "MASAR_ZERO_MEMORY": 1 << 20, "GOMEMLIMIT": 1 << 20} {
		value := s.Environment[variable]
		if value == nil {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSuffix(*value, "MiB"), 10, 64)
		if err != nil {
			t.Errorf("%s: %s: %v", s.Name, variable, err)
		}
		sum += n * unit
	}
	return sum
}

// Catches: a health check that is not the image's own, or missing where masar serves.
func TestHealthChecks(t *testing.T) {
	for _, name := range composeFiles {
		for _, s := range mustLoad(t, name).Services {
			serves := strings.HasPrefix(s.Name, "masar")
			switch {
			case s.HealthCheck == nil:
				if s.Name != "proxy" {
					t.Errorf("%s: %s has the health check of the image by accident", name, s.Name)
				}
			case serves != slices.Equal(s.HealthCheck.Test, []string{"CMD", "/usr/bin/masar", "ready", "--quiet"}), serves == s.HealthCheck.Disable:
				t.Errorf("%s: %s has the health check %v", name, s.Name, s.HealthCheck)
			}
		}
	}
}

var dgraphFlag = regexp.MustCompile(`^--([a-z_-]+)`)

// Catches: a process of Dgraph without certificates or logins, a flag that Dgraph does not have, a file that is not mounted, and a
// name that no container has.
func TestCluster(t *testing.T) {
	project := mustLoad(t, "compose.cluster.yaml")
	count := map[string]int{}
	for _, s := range project.Services {
		if len(s.Command) < 2 || s.Command[0] != "dgraph" {
			continue
		}
		kind := s.Command[1]
		count[kind]++
		if strings.Join(networks(s), " ") != "back" || len(s.Ports) > 0 {
			t.Errorf("%s is in the networks %v, with the ports %v", s.Name, networks(s), s.Ports)
		}
		known, command := flags(t, "dgraph", kind), strings.Join(s.Command, "\n")
		for variable := range s.Environment {
			if name, is := strings.CutPrefix(variable, "DGRAPH_"+strings.ToUpper(kind)+"_"); !is && variable != "GOMEMLIMIT" || is && !known[strings.ToLower(name)] {
				t.Errorf("%s: dgraph %s knows no %s", s.Name, kind, variable)
			}
		}
		for _, argument := range s.Command[2:] {
			if name := dgraphFlag.FindStringSubmatch(argument); name == nil || !known[name[1]] {
				t.Errorf("%s: dgraph %s knows no %s", s.Name, kind, argument)
			}
		}
		for _, want := range []string{"client-auth-type=REQUIREANDVERIFY;", "internal-port=true;", "use-system-ca=false;", "reports=false;"} {
			if !strings.Contains(command, want) {
				t.Errorf("%s has not %s", s.Name, want)
			}
		}
		if kind == "alpha" && !(strings.Contains(command, "--acl=secret-file=") && strings.Contains(command, "--security=whitelist="+subnet(project, "back"))) {
			t.Errorf("%s takes anyone without a login, or no login from masar", s.Name)
		}
		mounted(t, s, command)
		for variable, value := range s.Environment {
			command += "\n" + variable + "=" + *value
		}
		named(t, project, s, command)
	}
	if count["zero"] != 3 || count["alpha"] != 3 {
		t.Errorf("there are %v", count)
	}
}

func subnet(project *types.Project, network string) string {
	return project.Networks[network].Ipam.Config[0].Subnet
}

func networks(s types.ServiceConfig) (names []string) {
	for name := range s.Networks {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

var secret = regexp.MustCompile(`/run/secrets/([\w.]+)`)

// mounted checks that a service has the secrets that a text names, and no others.
func mounted(t *testing.T, s types.ServiceConfig, text string) {
	t.Helper()
	var named, has []string
	for _, file := range secret.FindAllStringSubmatch(text, -1) {
		named = append(named, file[1])
	}
	for _, mount := range s.Secrets {
		has = append(has, mount.Source)
	}
	slices.Sort(named)
	slices.Sort(has)
	if named = slices.Compact(named); !slices.Equal(named, has) {
		t.Errorf("%s names the files %v and has %v", s.Name, named, has)
	}
}

var hostport = regexp.MustCompile(`\b([a-z]+\d*):\d{4}\b`)

// named checks that the hosts that a text names are services in a network of the service.
func named(t *testing.T, project *types.Project, s types.ServiceConfig, text string) {
	t.Helper()
	for _, host := range hostport.FindAllStringSubmatch(text, -1) {
		other, ok := project.Services[host[1]]
		if !ok || !slices.ContainsFunc(networks(other), func(n string) bool { return slices.Contains(networks(s), n) }) {
			t.Errorf("%s cannot reach %s", s.Name, host[0])
		}
	}
}

// Catches: keys that secrets.sh makes and the file does not expect, or the other way round, keys that others can read, and an
// address that masar refuses.
func TestSecrets(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "secrets")
	run(t, filepath.Join(deploy, "compose", "secrets.sh"), masar(t), dir)
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]bool{}
	for _, f := range files {
		made[f.Name()] = true
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if want := fs.FileMode(0o444); f.Name() == "ca.key" && info.Mode() != 0o400 || f.Name() != "ca.key" && info.Mode() != want {
			t.Errorf("%s has mode %s", f.Name(), info.Mode())
		}
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	project := mustLoad(t, "compose.cluster.yaml")
	for name, s := range project.Secrets {
		if filepath.Base(s.File) != name || !made[name] && name != "site.pem" {
			t.Errorf("secrets.sh makes no %s for %s", s.File, name)
		}
		delete(made, name)
	}
	if delete(made, "ca.key"); len(made) > 0 {
		t.Errorf("no container needs %v", made)
	}
	address, err := os.ReadFile(filepath.Join(dir, "dgraph.address"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range project.Services {
		if strings.HasPrefix(s.Name, "masar") {
			mounted(t, s, string(address)+*s.Environment["MASAR_DGRAPH_FILE"])
			named(t, project, s, string(address))
		}
	}
	again := command(filepath.Join(deploy, "compose", "secrets.sh"), masar(t), dir)
	if out, err := again.CombinedOutput(); err == nil || !strings.Contains(string(out), "exists: give a new directory") {
		t.Errorf("%v: %s", err, out)
	}
}

// Catches: a proxy that masar does not trust, or that is not where masar expects it.
func TestProxyIsTrusted(t *testing.T) {
	for _, name := range composeFiles {
		project, err := load(t, name, map[string]string{"MASAR_PROXY_ADDRESS": "10.9.8.7", "MASAR_FRONT_SUBNET": "10.9.8.0/24", "MASAR_PUBLIC_URL": "https://a.example"})
		if err != nil {
			t.Fatal(err)
		}
		proxy := project.Services["proxy"]
		if got := proxy.Networks["front"].Ipv4Address; got != "10.9.8.7" || subnet(project, "front") != "10.9.8.0/24" {
			t.Errorf("%s: the proxy is at %s of %s", name, got, subnet(project, "front"))
		}
		var servers []string
		for _, s := range project.Services {
			if !strings.HasPrefix(s.Name, "masar") {
				continue
			}
			servers = append(servers, s.Name+":8080")
			if *s.Environment["MASAR_TRUSTED_PROXY"] != "10.9.8.7" || *s.Environment["MASAR_PUBLIC_URL"] != "https://a.example" {
				t.Errorf("%s: %s trusts %s", name, s.Name, *s.Environment["MASAR_TRUSTED_PROXY"])
			}
		}
		slices.Sort(servers)
		for i, server := range servers {
			if got := proxy.Environment[fmt.Sprint("MASAR_", i+1)]; got == nil || *got != server {
				t.Errorf("%s: the proxy does not know %s", name, server)
			}
		}
	}
}
