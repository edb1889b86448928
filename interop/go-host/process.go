package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"

	"github.com/hashicorp/packer-plugin-sdk/plugin"
	"github.com/hashicorp/packer-plugin-sdk/rpc"
)

type process struct {
	command *exec.Cmd
	client  *rpc.Client
}

// start runs the plugin for one component and connects to the address that its first line names.
func start(file, kind, name string, protobuf bool) (*process, error) {
	args := []string{"start", kind, name}
	if protobuf {
		args = []string{"start", kind, "--protobuf", name}
	}
	command := exec.Command(file, args...)
	command.Env = append(os.Environ(), plugin.MagicCookieKey+"="+plugin.MagicCookieValue)
	command.Stderr = os.Stderr
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		command.Process.Kill()
		return nil, fmt.Errorf("the plugin ended before its first line: %w", err)
	}
	client, err := connect(line, protobuf)
	if err != nil {
		command.Process.Kill()
		return nil, err
	}
	return &process{command, client}, nil
}

func connect(line string, protobuf bool) (*rpc.Client, error) {
	parts := strings.Split(strings.TrimSpace(line), "|")
	if len(parts) != 4 || parts[0] != plugin.APIVersionMajor || parts[1] != plugin.APIVersionMinor {
		return nil, fmt.Errorf("no handshake: %q", line)
	}
	socket, err := net.Dial(parts[2], parts[3])
	if err != nil {
		return nil, err
	}
	client, err := rpc.NewClient(socket)
	if err != nil {
		return nil, err
	}
	client.UseProto = protobuf
	return client, nil
}

func (p *process) kill() {
	p.command.Process.Kill()
	p.command.Wait()
}
