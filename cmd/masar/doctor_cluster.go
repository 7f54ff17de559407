package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/carried"
)

// slowHost is the latency from which the default of --dgraph-timeout is too short.
const slowHost = 100 * time.Millisecond

// examineCluster checks the Dgraph of --dgraph. The error reports that it cannot be reached.
func (d *doctor) examineCluster(ctx context.Context) error {
	store, err := openGraph(ctx, d.dgraph)
	if masar.ErrorCode(err) == masar.CodeUnavailable {
		d.fault("hosts", reason(err), "Masar cannot use this Dgraph.", "check user, password and hosts of --dgraph (or MASAR_DGRAPH, or the file of MASAR_DGRAPH_FILE)")
	}
	if err != nil {
		return err
	}
	defer store.Close()
	asking, cancel := context.WithTimeout(ctx, hostTime)
	defer cancel()
	hosts := store.AskHosts(asking)
	answering := d.checkHosts(hosts)
	d.checkEncryption(store, hosts)
	if len(answering) == 0 {
		return hosts[0].Err
	}
	d.checkLeaders(answering)
	if err := d.askGraph(ctx, store); err != nil {
		d.fault("graph", "Dgraph does not answer a query: "+reason(err), "Clients get errors.", "check the logs of Dgraph; if no leader is elected, start the missing hosts")
	}
	d.checkMemory()
	d.checkHostVersions(answering)
	return nil
}

// reason returns the cause of an error of Dgraph.
func reason(err error) string {
	if typed, ok := errors.AsType[*masar.Error](err); ok && typed.Cause != nil {
		return typed.Cause.Error()
	}
	return explained(err)
}

// checkHosts checks that each host answers, and how fast. It returns those that do.
func (d *doctor) checkHosts(hosts []dgraph.HostReport) (answering []dgraph.HostReport) {
	const check = "hosts"
	for _, h := range hosts {
		switch {
		case h.Err != nil:
			d.fault(check, h.Name+" does not answer: "+reason(h.Err), "Reads and writes go to the other hosts, if there are any.",
				"start Dgraph on "+h.Name+", or leave the host out of --dgraph")
			continue
		case h.Latency > slowHost:
			d.warning(check, fmt.Sprintf("%s answers in %d ms", h.Name, h.Latency.Milliseconds()), "Reads may exceed their time limit.",
				"masar serve --dgraph ADDRESS --dgraph-timeout 5s --max-stale 15s")
		default:
			d.ok(check, "%s answers in %.1f ms", h.Name, float64(h.Latency.Microseconds())/1000)
		}
		answering = append(answering, h)
	}
	return answering
}

// checkEncryption checks that connections to other machines are encrypted.
func (d *doctor) checkEncryption(store *dgraph.Store, hosts []dgraph.HostReport) {
	const check = "certificates"
	const mend = "give Dgraph certificates, and add ?sslmode=verify-ca&sslrootcert=FILE to the address"
	local := !slices.ContainsFunc(hosts, func(h dgraph.HostReport) bool { return !isLoopback(h.Name) })
	switch encryption := store.Encryption(); {
	case encryption == dgraph.Verified:
		d.ok(check, "connections are encrypted, and the certificates of the hosts are checked")
	case local:
		d.ok(check, "all hosts are on this machine")
	case encryption == dgraph.Unverified:
		d.warning(check, "connections are encrypted, and the certificates of the hosts are not checked", "Another machine can pretend to be Dgraph.", mend)
	default:
		d.warning(check, "connections to Dgraph are not encrypted", "Everyone on the network can read the graph and the password, and change answers.", mend)
	}
}

func isLoopback(hostport string) bool {
	host, _, _ := net.SplitHostPort(hostport)
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// checkLeaders reports who leads the cluster, according to the first host that knows.
func (d *doctor) checkLeaders(hosts []dgraph.HostReport) {
	const check = "leaders"
	at := slices.IndexFunc(hosts, func(h dgraph.HostReport) bool { return h.Leaders != nil })
	if at < 0 {
		d.unchecked(check, "the HTTP port of Dgraph cannot be reached from here, or requires an administrator")
		return
	}
	leaders := hosts[at].Leaders
	led := []string{leaders.Zero + " leads the Zeros"}
	if leaders.Zero == "" {
		d.fault(check, "no Zero leads the cluster", "Dgraph answers no query and accepts no write.", "start the Zeros that do not run; more than half of them must run")
	}
	for _, group := range slices.Sorted(maps.Keys(leaders.Alphas)) {
		leader := leaders.Alphas[group]
		if leader == "" {
			d.fault(check, "no Alpha leads group "+group, "Dgraph answers no query and accepts no write.", "start the Alphas that do not run; more than half of each group must run")
		}
		led = append(led, leader+" leads group "+group)
	}
	if !d.failed(check) {
		d.ok(check, "%s", strings.Join(led, ", "))
	}
}

// checkHostVersions compares the versions of the hosts with each other and with the Dgraph that this binary is tested with.
func (d *doctor) checkHostVersions(hosts []dgraph.HostReport) {
	const check = "versions"
	own := theseVersions()
	known := map[string]bool{}
	for _, h := range hosts {
		known[h.Version] = true
	}
	versions := slices.Sorted(maps.Keys(known))
	seen := fmt.Sprintf("this is masar %s; the hosts have Dgraph %s", own.Masar, strings.Join(versions, ", "))
	tested := numbers(own.Dgraph)
	other := slices.ContainsFunc(versions, func(v string) bool {
		has := numbers(v)
		return carried.Carried && len(has) > 0 && len(tested) > 0 && has[0] != tested[0]
	})
	switch {
	case len(versions) > 1:
		d.warning(check, seen, "Hosts of different versions may give different answers.", "upgrade all hosts of Dgraph to the same version")
	case other:
		d.warning(check, seen+", and masar is tested with "+own.Dgraph, "Some queries may fail.", "use Dgraph "+own.Dgraph)
	default:
		d.ok(check, "%s", seen)
	}
}
