package main

import (
	"encoding/json"
	"io"
	"net"
	"os"
	"strconv"
	"time"

	sshcomm "github.com/hashicorp/packer-plugin-sdk/sdk-internals/communicator/ssh"
	"golang.org/x/crypto/ssh"
)

// overSSH moves zeros to or from a machine: ADDRESS USER KEYFILE sftp|scp upload|download PATH BYTES.
func overSSH(args []string) error {
	address, user, keyFile, protocol, direction, path := args[0], args[1], args[2], args[3], args[4], args[5]
	size, err := strconv.ParseInt(args[6], 10, 64)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(keyFile)
	if err != nil {
		return err
	}
	key, err := ssh.ParsePrivateKey(text)
	if err != nil {
		return err
	}
	comm, err := sshcomm.New(address, &sshcomm.Config{
		SSHConfig: &ssh.ClientConfig{
			User:            user,
			Auth:            []ssh.AuthMethod{ssh.PublicKeys(key)},
			HostKeyCallback: ssh.InsecureIgnoreHostKey(),
		},
		Connection: func() (net.Conn, error) { return net.Dial("tcp", address) },
		UseSftp:    protocol == "sftp",
	})
	if err != nil {
		return err
	}
	start := time.Now()
	if direction == "upload" {
		err = comm.Upload(path, io.LimitReader(zeros{}, size), nil)
	} else {
		err = comm.Download(path, io.Discard)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result{time.Since(start).Seconds(), peakOf(os.Getpid())})
}
