package dgraph

import (
	"crypto/tls"
	"net"
	"net/url"
	"strconv"
	"strings"

	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"

	"masar"
)

// address is a parsed dgraph:// URL.
type address struct {
	hosts          []string
	user, password string
	credentials    credentials.TransportCredentials
}

// parseURL reads dgraph://user:password@host:9080,host2:9080?sslmode=disable|require|verify-ca.
// No error repeats the password.
func parseURL(raw string) (address, error) {
	bad := func(english, arabic string) error {
		return masar.ArgumentErrorf(masar.CodeBadInput, "dgraph",
			"%s; the form is %s", "%s؛ والصيغة هي %s", masar.Message{EN: english, AR: arabic}, "dgraph://user:password@host:9080,host2:9080?sslmode=disable|require|verify-ca")
	}
	rest, ok := strings.CutPrefix(raw, "dgraph://")
	if !ok {
		return address{}, bad("the address does not begin with dgraph://", "لا يبدأ العنوان بـ dgraph://")
	}
	rest, query, _ := strings.Cut(rest, "?")
	var a address
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		user, password, _ := strings.Cut(rest[:at], ":")
		var err1, err2 error
		a.user, err1 = url.PathUnescape(user)
		a.password, err2 = url.PathUnescape(password)
		if err1 != nil || err2 != nil || a.user == "" {
			return address{}, bad("the user or password is not well escaped", "ترميز اسم المستخدم أو كلمة المرور غير سليم")
		}
		rest = rest[at+1:]
	}
	for _, hostport := range strings.Split(strings.TrimSuffix(rest, "/"), ",") {
		host, port, err := net.SplitHostPort(hostport)
		if number, err2 := strconv.ParseUint(port, 10, 16); err != nil || err2 != nil || number == 0 || host == "" || strings.ContainsAny(host, "/ ") {
			return address{}, bad("each host needs a name and a port", "يلزم لكل مضيف اسم ومنفذ")
		}
		a.hosts = append(a.hosts, hostport)
	}
	options, err := url.ParseQuery(query)
	if err != nil {
		return address{}, bad("the options cannot be read", "تتعذّر قراءة الخيارات")
	}
	for key := range options {
		if key != "sslmode" {
			return address{}, bad("the only option is sslmode", "الخيار الوحيد هو sslmode")
		}
	}
	switch options.Get("sslmode") {
	case "", "disable":
		a.credentials = insecure.NewCredentials()
	case "require": // encrypted, but whoever answers is believed
		a.credentials = credentials.NewTLS(&tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12})
	case "verify-ca":
		a.credentials = credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12})
	default:
		return address{}, bad("sslmode is unknown", "قيمة sslmode غير معروفة")
	}
	return a, nil
}
