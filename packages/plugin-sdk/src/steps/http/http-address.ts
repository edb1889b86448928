import type { GeneratedData } from '@ingot/plugin-rpc'
import type { StateBag } from '../state-bag.ts'

/** Where the machine reaches what this build serves, as provisioners read it. */
export function httpAddress(state: StateBag): GeneratedData {
  const [ip, port] = [state.getOk('http_ip'), state.getOk('http_port')]
  if (port === undefined || port === 0) return {}
  const known = { PackerHTTPPort: String(port) }
  return ip ? { ...known, PackerHTTPIP: ip, PackerHTTPAddr: authority(ip, port) } : known
}

function authority(ip: string, port: number): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
}
