package dgraph

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// login is a user of Dgraph with the token of the last login. If a token is refused, because it has expired or Dgraph has
// a new secret, it is replaced by a new login. dgo's own renewal needs a token that has not expired.
type login struct {
	user, password string

	mu      sync.Mutex
	token   string
	at      time.Time // the time of the last login
	err     error     // the error of the last login
	running chan struct{}
}

// loginPause is the minimum time between two logins. Dgraph makes each login slow.
const loginPause = time.Second

// loginTime is the time limit of a login.
const loginTime = 5 * time.Second

// loggedIn calls Dgraph with the token of the last login. If the token is refused, it calls once more with a new token. A
// refused request has no effect.
func (h *hosts) loggedIn(ctx context.Context, ask func(context.Context) error) error {
	if h.login == nil {
		return ask(ctx)
	}
	token := h.login.current()
	err := ask(withToken(ctx, token))
	if !refusesToken(err) {
		return err
	}
	renewed, loginErr := h.renew(ctx, token)
	switch {
	case loginErr != nil:
		return loginErr
	case renewed == token: // the new token was refused
		return err
	}
	return ask(withToken(ctx, renewed))
}

func (l *login) current() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.token
}

func withToken(ctx context.Context, token string) context.Context {
	return metadata.AppendToOutgoingContext(ctx, "accessJwt", token)
}

// refusesToken reports whether Dgraph refused a request because of its token. Dgraph does not always return a code for
// that.
func refusesToken(err error) bool {
	if err == nil {
		return false
	}
	switch status.Code(err) {
	case codes.Unauthenticated, codes.PermissionDenied:
		return true
	case codes.Unknown:
		text := strings.ToLower(err.Error())
		return strings.Contains(text, "jwt") || strings.Contains(text, "token is expired") || strings.Contains(text, "unauthorized")
	}
	return false
}

// renew returns a newer token than the refused one. Concurrent calls wait for one login, which continues if a caller
// gives up.
func (h *hosts) renew(ctx context.Context, refused string) (token string, err error) {
	l := h.login
	l.mu.Lock()
	if l.token != refused || time.Since(l.at) < loginPause {
		defer l.mu.Unlock()
		return l.token, l.err
	}
	if l.running == nil {
		l.running = make(chan struct{})
		go h.logIn(context.WithoutCancel(ctx), l.running)
	}
	ended := l.running
	l.mu.Unlock()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case <-ended:
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.token, l.err
}

// logIn logs in with user and password, and keeps the token.
func (h *hosts) logIn(ctx context.Context, ended chan struct{}) {
	ctx, cancel := context.WithTimeout(ctx, loginTime)
	defer cancel()
	l := h.login
	var jwt api.Jwt
	in := &api.LoginRequest{Userid: l.user, Password: l.password}
	var err error
	for _, o := range h.order() {
		each, cancel := context.WithTimeout(ctx, loginTime/time.Duration(min(3, len(h.all))))
		out, loginErr := o.client.Login(each, in)
		late := each.Err() != nil
		cancel()
		if err = loginErr; err == nil {
			err = jwt.Unmarshal(out.Json)
			break
		}
		if !late && !elsewhere(err) {
			break
		}
		o.fails(err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.at, l.err = time.Now(), nil
	if err != nil {
		l.err = refused(err)
	} else {
		l.token = jwt.AccessJwt
	}
	l.running = nil
	close(ended)
}

// Login logs in as another user. dgo requires the method; Masar never calls it.
func (h *hosts) Login(ctx context.Context, in *api.LoginRequest, opts ...grpc.CallOption) (out *api.Response, err error) {
	err = h.each(ctx, func(ctx context.Context, c api.DgraphClient) (err error) {
		out, err = c.Login(ctx, in, opts...)
		return err
	})
	return out, err
}
