import { readCertificate } from '../../packages/plugin-sdk/src/communicator/ssh/certificate.ts'
import {
  readEncrypted,
  writeEncrypted,
} from '../../packages/plugin-sdk/src/communicator/winrm/http/encrypted-body.ts'
import { readAvPairs } from '../../packages/plugin-sdk/src/communicator/winrm/ntlm/av-pairs.ts'
import { readChallenge } from '../../packages/plugin-sdk/src/communicator/winrm/ntlm/messages.ts'
import { readReply } from '../../packages/plugin-sdk/src/communicator/winrm/soap/reply.ts'
import { parseBootCommand } from '../../packages/plugin-sdk/src/steps/boot/boot-command.ts'
import { parseChecksum } from '../../packages/plugin-sdk/src/steps/download/checksum.ts'
import type { Target } from '../target.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

/** A challenge of a server for Windows: its flags, its name, and the fields of the target. */
const challenge =
  '4e544c4d5353500002000000040004003800000035828ae249f5618cc485815400000000000000003a003a003c000000000c04000000000f' +
  '56004d000100040056004d000200160057004f0052004b00530054004100540049004f004e000300040076006d00070008004e6ce82ba87c' +
  'dd0100000000'

const reply = (body: string) =>
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">' +
  `<s:Header/><s:Body>${body}</s:Body></s:Envelope>`

const fault =
  '<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>w:TimedOut</s:Value></s:Subcode></s:Code><s:Reason>' +
  '<s:Text xml:lang="en">late</s:Text></s:Reason><s:Detail><f:WSManFault ' +
  'xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="2150858793"><f:Message>late</f:Message>' +
  '</f:WSManFault></s:Detail></s:Fault>'

const field = (content: Uint8Array) => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([length, content])
}

const kind = 'ssh-ed25519-cert-v01@openssh.com'
const publicKey = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(Buffer.alloc(32, 7))])
const certificate = Buffer.concat([
  field(Buffer.from(kind)),
  field(Buffer.alloc(32, 1)),
  field(Buffer.alloc(32, 7)),
  Buffer.alloc(64),
])

/** What machines that are built say, and how templates say what is typed to them and what they start from. */
export const machines: readonly Target[] = [
  {
    name: 'winrm-reply',
    title: 'an answer of WinRM, in SOAP',
    covers: /winrm\/soap/,
    refuses: ['WinRMError'],
    seeds: () =>
      [reply('<x:Shell xmlns:x="y"><x:ShellId>1</x:ShellId></x:Shell>'), reply(fault)].map((each) =>
        Buffer.from(each),
      ),
    decode: (bytes) => readReply(text(bytes)),
  },
  {
    name: 'winrm-encrypted',
    title: 'an encrypted body of WinRM',
    covers: /winrm\/http\/encrypted-body/,
    refuses: ['WinRMError'],
    seeds: () => [writeEncrypted({ signature: Buffer.alloc(16), sealed: Buffer.from('sealed') })],
    decode: (bytes) => readEncrypted(Buffer.from(bytes)),
  },
  {
    name: 'ntlm-challenge',
    title: "a server's challenge of NTLM, and the fields of its target",
    covers: /winrm\/ntlm/,
    refuses: ['NtlmError'],
    seeds: () => [Buffer.from(challenge, 'hex')],
    decode: (bytes) => readAvPairs(readChallenge(Buffer.from(bytes)).targetInfo),
  },
  {
    name: 'ssh-certificate',
    title: "a certificate of OpenSSH's",
    covers: /ssh\/certificate/,
    refuses: ['SshError'],
    seeds: () => [
      Buffer.from(`${kind} ${certificate.toString('base64')} me`),
      Buffer.from('ssh-ed25519 AAAA'),
    ],
    decode: (bytes) => readCertificate(text(bytes), publicKey, 'the file'),
  },
  {
    name: 'boot-command',
    title: 'what is typed to a machine that starts',
    covers: /steps\/boot/,
    refuses: [],
    seeds: () => [Buffer.from('<esc><wait5>linux <leftShiftOn>a<leftShiftOff><wait1m30s><f10><aOn><x')],
    decode: (bytes) => parseBootCommand(text(bytes)),
  },
  {
    name: 'checksum',
    title: 'a checksum as templates write it',
    covers: /steps\/download\/checksum/,
    refuses: ['DownloadError'],
    seeds: () =>
      [`sha256:${'0a'.repeat(32)}`, 'file:./SHA256SUMS', 'none', '0a'.repeat(16)].map((each) =>
        Buffer.from(each),
      ),
    decode: (bytes) => parseChecksum(text(bytes)),
  },
]
