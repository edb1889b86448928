package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/plugin"
	"github.com/hashicorp/packer-plugin-sdk/rpc"
)

// result is one line of JSON: what a job took, and the most memory that the plugin's process had.
type result struct {
	Seconds float64 `json:"seconds"`
	Peak    float64 `json:"peak"`
}

// host has the provisioner "jobs" of a plugin do one job.
func host(file, job, amount string) error {
	count, err := strconv.Atoi(amount)
	if err != nil {
		return err
	}
	command := exec.Command(file, "start", "provisioner", "--protobuf", "jobs")
	command.Env = append(os.Environ(), plugin.MagicCookieKey+"="+plugin.MagicCookieValue)
	stdout, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	defer command.Wait()
	defer command.Process.Kill()
	address, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return err
	}
	parts := strings.Split(strings.TrimSpace(address), "|")
	socket, err := net.Dial(parts[2], parts[3])
	if err != nil {
		return err
	}
	client, err := rpc.NewClient(socket)
	if err != nil {
		return err
	}
	client.UseProto = true
	provisioner := client.Provisioner()
	if err := provisioner.Prepare(map[string]interface{}{}); err != nil {
		return err
	}
	ui := &timedUi{}
	data := map[string]interface{}{"Job": job, "Amount": count}
	if err := provisioner.Provision(context.Background(), ui, machine{count}, data); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result{ui.seconds, peakOf(command.Process.Pid)})
}

// peakOf is in megabytes.
func peakOf(pid int) float64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for _, line := range strings.Split(string(status), "\n") {
		if rest, found := strings.CutPrefix(line, "VmHWM:"); found {
			kilobytes, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kilobytes * 1024 / 1e6
		}
	}
	return 0
}

// timedUi shows nothing; errors are the seconds that a job took.
type timedUi struct {
	packersdk.Ui
	seconds float64
}

func (*timedUi) Say(string) {}

func (u *timedUi) Error(text string) { u.seconds, _ = strconv.ParseFloat(text, 64) }

// machine has one file of so many zeros, and keeps nothing.
type machine struct{ size int }

func (m machine) Start(_ context.Context, command *packersdk.RemoteCmd) error {
	go func() {
		_, err := io.Copy(command.Stdout, io.LimitReader(zeros{}, int64(m.size)))
		status := 0
		if err != nil {
			status = 1
		}
		command.SetExited(status)
	}()
	return nil
}

func (machine) Upload(_ string, from io.Reader, _ *os.FileInfo) error {
	_, err := io.Copy(io.Discard, from)
	return err
}

func (m machine) Download(_ string, to io.Writer) error {
	_, err := io.Copy(to, io.LimitReader(zeros{}, int64(m.size)))
	return err
}

func (machine) UploadDir(string, string, []string) error { return nil }

func (machine) DownloadDir(string, string, []string) error { return nil }
