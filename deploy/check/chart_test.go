package check

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	yamldocs "k8s.io/apimachinery/pkg/util/yaml"
	kubejson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

var chartDir = filepath.Join(deploy, "helm", "masar")

// values are the values of the chart in a test: the defaults, and each file of ci/.
func values(t *testing.T) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{"defaults": {}}
	files, err := filepath.Glob(filepath.Join(chartDir, "ci", "*.yaml"))
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		v := map[string]any{}
		if err := yaml.UnmarshalStrict(content, &v); err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(file), ".yaml")] = v
	}
	return all
}

// render is `helm template`, with the check of the values against their schema.
func render(v map[string]any) (map[string]string, error) {
	chart, err := loader.Load(chartDir)
	if err != nil {
		return nil, err
	}
	all, err := chartutil.ToRenderValues(chart, v, chartutil.ReleaseOptions{Name: "masar", Namespace: "evidence", IsInstall: true, Revision: 1}, chartutil.DefaultCapabilities)
	if err != nil {
		return nil, err
	}
	return engine.Render(chart, all)
}

// monitor are the parts of the objects of the Prometheus operator that the chart uses. Its own types are no library of Kubernetes.
type monitor struct {
	meta.TypeMeta   `json:",inline"`
	meta.ObjectMeta `json:"metadata"`
	Spec            struct {
		JobLabel  string             `json:"jobLabel"`
		Selector  meta.LabelSelector `json:"selector"`
		Endpoints []struct {
			Port     string `json:"port"`
			Interval string `json:"interval"`
		} `json:"endpoints"`
	} `json:"spec"`
}

type rule struct {
	meta.TypeMeta   `json:",inline"`
	meta.ObjectMeta `json:"metadata"`
	Spec            map[string]any `json:"spec"`
}

// objects are the manifests of a chart, each decoded strictly: an unknown or repeated field is an error.
func objects(t *testing.T, v map[string]any) map[string]meta.Object {
	t.Helper()
	manifests, err := render(v)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]meta.Object{}
	for file, content := range manifests {
		if strings.HasSuffix(file, "NOTES.txt") || strings.TrimSpace(content) == "" {
			continue
		}
		for docs := yamldocs.NewYAMLReader(bufio.NewReader(strings.NewReader(content))); ; {
			doc, err := docs.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			var kind meta.TypeMeta
			if err := yaml.Unmarshal(doc, &kind); err != nil {
				t.Fatalf("%s: %v\n%s", file, err, doc)
			}
			if kind.Kind == "" {
				continue
			}
			object, known := map[string]meta.Object{
				"apps/v1/Deployment": &apps.Deployment{}, "apps/v1/StatefulSet": &apps.StatefulSet{}, "v1/Service": &core.Service{},
				"v1/ServiceAccount": &core.ServiceAccount{}, "policy/v1/PodDisruptionBudget": &policy.PodDisruptionBudget{},
				"networking.k8s.io/v1/NetworkPolicy": &networking.NetworkPolicy{}, "networking.k8s.io/v1/Ingress": &networking.Ingress{},
				"monitoring.coreos.com/v1/ServiceMonitor": &monitor{}, "monitoring.coreos.com/v1/PrometheusRule": &rule{},
			}[kind.APIVersion+"/"+kind.Kind]
			if !known {
				t.Fatalf("%s has the unknown kind %s %s", file, kind.APIVersion, kind.Kind)
			}
			if err := decode(doc, object); err != nil {
				t.Errorf("%s: %v\n%s", file, err, doc)
			}
			if _, twice := all[kind.Kind]; twice || object.GetName() == "" {
				t.Errorf("%s: a second or nameless %s", file, kind.Kind)
			}
			all[kind.Kind] = object
		}
	}
	return all
}

// decode decodes a manifest as an API server with strict validation does: field names have one spelling, and none is unknown or
// repeated. encoding/json would take readOnlyRootFileSystem for readOnlyRootFilesystem.
func decode(doc []byte, object any) error {
	text, err := yaml.YAMLToJSONStrict(doc)
	if err != nil {
		return err
	}
	faults, err := kubejson.UnmarshalStrict(text, object)
	return errors.Join(append(faults, err)...)
}

// Catches: whatever `helm lint --strict` finds.
func TestLint(t *testing.T) {
	for name, v := range values(t) {
		for _, m := range lint.AllWithKubeVersionAndSchemaValidation(chartDir, v, "evidence", &chartutil.DefaultCapabilities.KubeVersion, false).Messages {
			if m.Severity > support.InfoSev {
				t.Errorf("%s: %s", name, m)
			}
		}
	}
}

// Catches: a manifest that Kubernetes refuses, and one that is missing or too much.
func TestKinds(t *testing.T) {
	want := map[string][]string{
		"defaults": {"NetworkPolicy", "Service", "ServiceAccount", "StatefulSet"},
		"included": {"Ingress", "NetworkPolicy", "PrometheusRule", "Service", "ServiceAccount", "ServiceMonitor", "StatefulSet"},
		"external": {"Deployment", "NetworkPolicy", "PodDisruptionBudget", "Service", "ServiceAccount"},
	}
	for name, v := range values(t) {
		all := objects(t, v)
		if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, want[name]) {
			t.Errorf("%s has %v, want %v", name, got, want[name])
		}
		for kind, o := range all {
			if o.GetLabels()["app.kubernetes.io/name"] != "masar" {
				t.Errorf("%s: %s has the labels %v", name, kind, o.GetLabels())
			}
		}
	}
}

// workload returns the template of the pods, their selector and their number.
func workload(all map[string]meta.Object) (core.PodTemplateSpec, *meta.LabelSelector, int32) {
	if d, ok := all["Deployment"].(*apps.Deployment); ok {
		return d.Spec.Template, d.Spec.Selector, *d.Spec.Replicas
	}
	s := all["StatefulSet"].(*apps.StatefulSet)
	return s.Spec.Template, s.Spec.Selector, *s.Spec.Replicas
}

// Catches: a pod outside the profile "restricted" of Kubernetes, a token that nobody needs, and a setting that masar does not have.
func TestPods(t *testing.T) {
	serve := flags(t, "serve")
	for name, v := range values(t) {
		all := objects(t, v)
		template, selector, replicas := workload(all)
		pod, c := template.Spec, template.Spec.Containers[0]
		s, own := pod.SecurityContext, c.SecurityContext
		switch {
		case !*s.RunAsNonRoot || *s.RunAsUser != 65532 || *s.FSGroup != 65532 || s.SeccompProfile.Type != core.SeccompProfileTypeRuntimeDefault:
			t.Errorf("%s: %+v", name, s)
		case *own.AllowPrivilegeEscalation || !*own.ReadOnlyRootFilesystem || !slices.Equal(own.Capabilities.Drop, []core.Capability{"ALL"}) || len(own.Capabilities.Add) > 0:
			t.Errorf("%s: %+v", name, own)
		case pod.HostNetwork || pod.HostPID || pod.HostIPC || *pod.AutomountServiceAccountToken || *pod.EnableServiceLinks || *all["ServiceAccount"].(*core.ServiceAccount).AutomountServiceAccountToken:
			t.Errorf("%s: %+v", name, pod)
		case c.StartupProbe.HTTPGet.Path != "/livez" || c.LivenessProbe.HTTPGet.Path != "/livez" || c.ReadinessProbe.HTTPGet.Path != "/readyz":
			t.Errorf("%s: %+v %+v %+v", name, c.StartupProbe, c.LivenessProbe, c.ReadinessProbe)
		case c.Resources.Limits.Memory().IsZero() || c.Resources.Requests.Memory().IsZero():
			t.Errorf("%s: no limits of memory: %+v", name, c.Resources)
		}
		external := v["dgraph"] != nil
		if wantReplicas := map[bool]int32{false: 1, true: 3}[external]; replicas != wantReplicas {
			t.Errorf("%s: %d pods", name, replicas)
		}
		volumes := map[string]bool{"data": !external} // by the claim
		for _, volume := range pod.Volumes {
			volumes[volume.Name] = true
			if volume.HostPath != nil {
				t.Errorf("%s: the volume %s is of the machine", name, volume.Name)
			}
		}
		for _, mount := range c.VolumeMounts {
			if !volumes[mount.Name] {
				t.Errorf("%s: there is no volume %s", name, mount.Name)
			}
		}
		seen := map[string]string{}
		for _, e := range c.Env {
			isSetting(t, serve, name, e.Name)
			if _, twice := seen[e.Name]; twice {
				t.Errorf("%s: %s is set twice", name, e.Name)
			}
			seen[e.Name] = e.Value
		}
		if (seen["MASAR_DGRAPH_FILE"] != "") != external || seen["MASAR_DRAIN_DELAY"] == "" {
			t.Errorf("%s: %v", name, seen)
		}
		for _, s := range []map[string]string{selector.MatchLabels, all["Service"].(*core.Service).Spec.Selector, all["NetworkPolicy"].(*networking.NetworkPolicy).Spec.PodSelector.MatchLabels} {
			if len(s) != 2 || !maps.Equal(s, selector.MatchLabels) || template.Labels["app.kubernetes.io/instance"] != s["app.kubernetes.io/instance"] {
				t.Errorf("%s: the selector %v does not find pods with %v", name, s, template.Labels)
			}
		}
	}
}

// Catches: a port, a name or a rule that does not lead to the pods, and a policy that lets out too much.
func TestConnections(t *testing.T) {
	all := values(t)
	included, external := objects(t, all["included"]), objects(t, all["external"])
	if rules := objects(t, all["defaults"])["NetworkPolicy"].(*networking.NetworkPolicy).Spec; len(rules.Egress) != 0 || !slices.Contains(rules.PolicyTypes, networking.PolicyTypeEgress) {
		t.Errorf("a pod with the included Dgraph may go out: %+v", rules)
	}
	rules := included["NetworkPolicy"].(*networking.NetworkPolicy).Spec.Ingress
	if len(rules) != 2 || len(rules[0].From) != 1 || len(rules[1].From) != 1 || rules[0].Ports[0].Port.StrVal != "http" || rules[1].Ports[0].Port.StrVal != "metrics" {
		t.Errorf("%+v", rules)
	}
	out := external["NetworkPolicy"].(*networking.NetworkPolicy).Spec.Egress
	if len(out) != 3 || out[1].Ports[0].Port.IntVal != 9081 || out[1].To[0].IPBlock.CIDR != "10.1.0.0/24" {
		t.Errorf("%+v", out)
	}
	pods, _, _ := workload(included)
	ports := map[string]bool{}
	for _, p := range pods.Spec.Containers[0].Ports {
		ports[p.Name] = true
	}
	for _, p := range included["Service"].(*core.Service).Spec.Ports {
		if !ports[p.TargetPort.StrVal] {
			t.Errorf("the port %s leads to %s", p.Name, p.TargetPort.String())
		}
	}
	ingress := included["Ingress"].(*networking.Ingress).Spec
	back := ingress.Rules[0].HTTP.Paths[0].Backend.Service
	if back.Name != included["Service"].GetName() || back.Port.Name != "http" || ingress.TLS[0].Hosts[0] != "masar.example.org" {
		t.Errorf("%+v", ingress)
	}
	if m := included["ServiceMonitor"].(*monitor).Spec; m.Endpoints[0].Port != "metrics" || m.JobLabel != "app.kubernetes.io/name" {
		t.Errorf("%+v", m)
	}
	if budget := external["PodDisruptionBudget"].(*policy.PodDisruptionBudget).Spec; budget.MaxUnavailable.StrVal != "30%" {
		t.Errorf("%+v", budget)
	}
}

// Catches: alerts of the chart that are not those of deploy/prometheus.
func TestAlerts(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(deploy, "prometheus", "alerts.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := yaml.UnmarshalStrict(content, &want); err != nil {
		t.Fatal(err)
	}
	got := objects(t, values(t)["included"])["PrometheusRule"].(*rule).Spec
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if !bytes.Equal(a, b) || len(want) == 0 {
		t.Errorf("%s\nwant %s", a, b)
	}
}

// Catches: a wrong value that the schema lets through.
func TestSchemaRefuses(t *testing.T) {
	for _, wrong := range []string{
		"replica: 3", "replicas: 0", `replicas: "3"`, "image: {tags: v1}", "image: {digest: sha256:12}", "dgraph: {secret: Has Spaces}",
		"publicURLs: [masar.example.org]", "publicURLs: [https://example.org/masar/]", "trustedProxies: [proxy.example.org]",
		"settings: {listen: 127.0.0.1:8080}", "settings: {data-dir: /elsewhere}", "settings: {RATE: 1}", "settings: {rate: [1]}",
		"persistence: {accessModes: [ReadWriteMany]}", "persistence: {size: much}", "service: {port: 0}", "networkPolicy: {enabled: maybe}",
		"podDisruptionBudget: {maxUnavailable: 0}", "terminationGracePeriodSeconds: 5", "ingress: {enabled: true}",
	} {
		v := map[string]any{}
		if err := yaml.Unmarshal([]byte(wrong), &v); err != nil {
			t.Fatal(err)
		}
		if _, err := render(v); err == nil {
			t.Errorf("the chart accepts %s", wrong)
		}
	}
}

var row = regexp.MustCompile("(?m)^\\| `([A-Za-z.]+)` \\|")

// Catches: a value without a description, or with another default than the description has.
func TestValuesAreDescribed(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(chartDir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for _, r := range row.FindAllStringSubmatch(string(content), -1) {
		described[r[1]] = true
	}
	chart, err := loader.Load(chartDir)
	if err != nil {
		t.Fatal(err)
	}
	var walk func(string, any)
	walk = func(path string, v any) {
		if part, ok := v.(map[string]any); ok && len(part) > 0 && !described[path] {
			for key, value := range part {
				walk(strings.TrimPrefix(path+"."+key, "."), value)
			}
			return
		}
		if !described[path] {
			t.Errorf("README.md does not describe %s", path)
		}
		delete(described, path)
	}
	walk("", chart.Values)
	if len(described) > 0 {
		t.Errorf("README.md describes values that do not exist: %v", slices.Sorted(maps.Keys(described)))
	}
}

// Catches: notes with a command for a kind that was not installed.
func TestNotes(t *testing.T) {
	for name, want := range map[string]string{"defaults": "statefulset/masar", "external": "deployment/masar", "included": "https://masar.example.org/en/"} {
		manifests, err := render(values(t)[name])
		if err != nil {
			t.Fatal(err)
		}
		if notes := manifests["masar/templates/NOTES.txt"]; !strings.Contains(notes, want) || strings.Contains(notes, "WARNING") {
			t.Errorf("%s: %s", name, notes)
		}
	}
	manifests, err := render(map[string]any{"ingress": map[string]any{"enabled": true, "host": "masar.example.org"}})
	if err != nil || !strings.Contains(manifests["masar/templates/NOTES.txt"], "WARNING: trustedProxies is empty") {
		t.Error(fmt.Sprint(manifests), err)
	}
}
