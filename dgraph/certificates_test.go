package dgraph_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	"masar"
	"masar/dgraph"
)

// authority signs certificates.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	pem         []byte
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	var der []byte
	a.key, der = sign(t, template, nil)
	var err error
	if a.certificate, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.pem = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return a
}

// sign makes a key and a certificate for it, signed by an authority, or by itself.
func sign(t *testing.T, template *x509.Certificate, by *authority) (*ecdsa.PrivateKey, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	parent, signer := template, key
	if by != nil {
		parent, signer = by.certificate, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	return key, der
}

// issue gives a certificate for this machine and its key, in PEM.
func (a *authority) issue(t *testing.T) (certificate, key []byte) {
	t.Helper()
	private, der := sign(t, &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}, a)
	encoded, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: encoded})
}

func write(t *testing.T, path string, content []byte) string {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Catches: a client certificate that is not shown, or that is kept after its file has another; an authority that is not
// trusted though it is named, or one that is though it is not; files that are wrong and are found out at the first read.
func TestCertificatesOfTheAddress(t *testing.T) {
	ours, strange := newAuthority(t), newAuthority(t)
	serverPair, err := tls.X509KeyPair(ours.issue(t))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(ours.certificate)
	h := newFakeHost(t, grpc.Creds(credentials.NewTLS(&tls.Config{
		Certificates: []tls.Certificate{serverPair}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool,
	})))
	dir := t.TempDir()
	certificate, key := ours.issue(t)
	strangeCertificate, strangeKey := strange.issue(t)
	root := "&sslrootcert=" + write(t, filepath.Join(dir, "ca.crt"), ours.pem)
	strangeRoot := "&sslrootcert=" + write(t, filepath.Join(dir, "strange.crt"), strange.pem)
	client := "&sslcert=" + write(t, filepath.Join(dir, "c.crt"), certificate) + "&sslkey=" + write(t, filepath.Join(dir, "c.key"), key)
	strangeClient := "&sslcert=" + write(t, filepath.Join(dir, "s.crt"), strangeCertificate) + "&sslkey=" + write(t, filepath.Join(dir, "s.key"), strangeKey)
	for options, works := range map[string]bool{
		"?sslmode=verify-ca" + root + client:        true,
		"?sslmode=require" + client:                 true,
		"?sslmode=verify-ca" + root:                 false,
		"?sslmode=verify-ca" + client:               false,
		"?sslmode=require":                          false,
		"?sslmode=verify-ca" + strangeRoot + client: false,
		"?sslmode=verify-ca" + root + strangeClient: false,
	} {
		store := open(t, h.addr+options)
		_, err := store.Snapshot(t.Context())
		if (err == nil) != works || err != nil && masar.ErrorCode(err) != masar.CodeUnavailable {
			t.Errorf("%s: %v", options, err)
		}
	}

	store := open(t, h.addr+"?sslmode=verify-ca"+root+strangeClient)
	write(t, filepath.Join(dir, "s.crt"), certificate)
	write(t, filepath.Join(dir, "s.key"), key)
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		if _, err := store.Snapshot(t.Context()); err == nil {
			break
		} else if time.Since(began) > 10*time.Second {
			t.Fatalf("a certificate that was renewed is not used: %v", err)
		}
	}

	for _, wrong := range []string{
		"?sslmode=verify-ca&sslrootcert=" + filepath.Join(dir, "missing"),
		"?sslmode=verify-ca&sslrootcert=" + filepath.Join(dir, "c.key"),
		"?sslmode=verify-ca&sslcert=" + filepath.Join(dir, "c.crt"),
		"?sslmode=verify-ca&sslkey=" + filepath.Join(dir, "c.key"),
		"?sslmode=verify-ca&sslcert=" + filepath.Join(dir, "ca.crt") + "&sslkey=" + filepath.Join(dir, "c.key"),
		"?sslmode=require" + root,
		"?sslmode=disable" + client,
		"?" + client[1:],
	} {
		if _, err := dgraph.Open(t.Context(), "dgraph://"+h.addr+wrong); masar.ErrorCode(err) != masar.CodeBadInput {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
