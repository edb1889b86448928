import { config } from '../../config/config.ts'
import { optionalPort } from './port-field.ts'

/** How a machine is reached by WinRM; names and meanings are those of Packer's plugins in Go. */
export function winrmFields() {
  return {
    winrm_host: config.string().doc('Address of the machine, where the builder does not find it out itself.'),
    winrm_port: optionalPort().doc('Port: 5985, and 5986 with `winrm_use_ssl`, unless given.'),
    winrm_username: config
      .string()
      .doc('Who logs in, also as `DOMAIN\\user`. Required with `communicator = "winrm"`.'),
    winrm_password: config.string().sensitive().doc('Password.'),
    winrm_timeout: config
      .duration()
      .default('30m')
      .doc('How long to wait until the machine can be logged in to.'),
    winrm_use_ssl: config.boolean().default(false).doc('Use HTTPS.'),
    winrm_insecure: config.boolean().default(false).doc('Take any certificate of the machine.'),
    winrm_use_ntlm: config
      .boolean()
      .default(false)
      .doc('Log in by NTLM in the place of basic authentication.'),
    winrm_no_proxy: config
      .boolean()
      .default(false)
      .doc('Never go through the proxy that the environment names.'),
  }
}
