import { config } from '../../config/config.ts'
import { port } from './port-field.ts'
import { tunnelProblem } from './tunnel.ts'

/** How a machine is reached by SSH; names and meanings are those of Packer's plugins in Go. */
export function sshFields() {
  return { ...machineFields(), ...keyFields(), ...connectionFields(), ...bastionFields(), ...proxyFields() }
}

function machineFields() {
  return {
    ssh_host: config.string().doc('Address of the machine, where the builder does not find it out itself.'),
    ssh_port: port(22).doc('Port of the SSH server.'),
    ssh_username: config.string().doc('Who logs in. Required with `communicator = "ssh"`.'),
    ssh_password: config
      .string()
      .sensitive()
      .doc('Password, also where the server asks for it interactively.'),
    ssh_agent_auth: config
      .boolean()
      .default(false)
      .doc('Log in with the keys of the SSH agent at `SSH_AUTH_SOCK`.'),
    ssh_disable_agent_forwarding: config
      .boolean()
      .default(false)
      .doc('Keep the SSH agent from the machine. Where there is an agent, it is forwarded otherwise.'),
    ssh_interface: config.string().doc('Which of its addresses is used, for builders that know several.'),
    ssh_ip_version: config.string().oneOf('4', '6').doc('IP version, for builders that know several.'),
  }
}

function keyFields() {
  return {
    ssh_private_key_file: config.string().doc('Private key to log in with; `~` is the home directory.'),
    ssh_certificate_file: config
      .string()
      .doc('Certificate that a certificate authority made for the key of `ssh_private_key_file`.'),
    ssh_private_key: config.string().sensitive().doc('Private key as text, in the place of a file.'),
    ssh_public_key: config.string().doc('Public key, for builders that put it on the machine.'),
    ssh_keypair_name: config.string().doc('Name of a key pair that the platform knows already.'),
    ssh_clear_authorized_keys: config
      .boolean()
      .default(false)
      .doc('Remove the temporary key from the `authorized_keys` of the user and of root when all is done.'),
    temporary_key_pair_name: config
      .string()
      .doc('Name of the temporary key pair; unless given, one with a UUID.'),
    temporary_key_pair_type: config
      .string()
      .oneOf('rsa', 'ecdsa', 'ed25519')
      .default('rsa')
      .doc('Kind of the temporary key pair, which is made where nothing else is given to log in with.'),
    temporary_key_pair_bits: config
      .number()
      .integer()
      .doc(
        'Its length: at least 1024 for `rsa` (4096 unless given), 256, 384 or 521 for `ecdsa` (521 unless given).',
      ),
  }
}

function connectionFields() {
  return {
    ssh_timeout: config
      .duration()
      .formerly('ssh_wait_timeout')
      .doc(
        'How long to wait until the machine can be logged in to: `"5m"`, unless `ssh_handshake_attempts` is given.',
      ),
    ssh_handshake_attempts: config
      .number()
      .integer()
      .min(0)
      .doc('How often the machine may refuse the login: 10 times, unless `ssh_timeout` is given.'),
    ssh_pty: config.boolean().default(false).doc('Run commands in a terminal.'),
    ssh_keep_alive_interval: config
      .duration()
      .default('5s')
      .doc('How often to ask whether the machine is still there; less than nothing (`"-1s"`) never asks.'),
    ssh_read_write_timeout: config
      .duration()
      .doc(
        'Gives a connection up over which nothing came for so long, as after a reboot. Never, unless given.',
      ),
    ssh_ciphers: config.list(config.string()).doc('Ciphers to offer, best first.'),
    ssh_key_exchange_algorithms: config.list(config.string()).doc('Key exchanges to offer, best first.'),
    ssh_file_transfer_method: config
      .string()
      .oneOf('scp', 'sftp')
      .default('scp')
      .doc('How files are copied.'),
    ssh_local_tunnels: config
      .list(config.string().check(tunnelProblem))
      .doc(
        'Ports of this machine that lead to an address the built machine can reach, each as `port:host:port`.',
      ),
    ssh_remote_tunnels: config
      .list(config.string().check(tunnelProblem))
      .doc(
        'Ports of the built machine that lead to an address this machine can reach, each as `port:host:port`.',
      ),
  }
}

function bastionFields() {
  return {
    ssh_bastion_host: config.string().doc('Host to go through.'),
    ssh_bastion_port: port(22).doc('Its port.'),
    ssh_bastion_username: config.string().doc('Who logs in there; unless given, `ssh_username`.'),
    ssh_bastion_password: config.string().sensitive().doc('Password there.'),
    ssh_bastion_interactive: config
      .boolean()
      .default(false)
      .doc('Answer what the host asks: with `ssh_bastion_password`, and what else it asks at the terminal.'),
    ssh_bastion_private_key_file: config
      .string()
      .doc('Private key there; unless given, that of `ssh_private_key_file` with its certificate.'),
    ssh_bastion_certificate_file: config.string().doc('Certificate for that key.'),
    ssh_bastion_agent_auth: config
      .boolean()
      .default(false)
      .doc('Log in there with the keys of the SSH agent.'),
  }
}

function proxyFields() {
  return {
    ssh_proxy_host: config.string().doc('SOCKS5 proxy to go through.'),
    ssh_proxy_port: port(1080).doc('Its port.'),
    ssh_proxy_username: config.string().doc('Who uses it, where it asks.'),
    ssh_proxy_password: config.string().sensitive().doc('Password there.'),
  }
}
