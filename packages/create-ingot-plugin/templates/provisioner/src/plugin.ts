import { definePlugin } from '@ingot/plugin-sdk'
import { motd } from './provisioner.ts'

/** Templates name the provisioner __NAME__-motd. */
export const plugin = definePlugin({ name: '__NAME__', version: '0.1.0', provisioners: { motd } })
