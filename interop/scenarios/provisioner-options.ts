import { describe, expect, test } from 'vitest'
import { labBuild } from '../harness/lab.ts'
import { everyPackerVersion } from '../toolchain/programs.ts'

describe.each(everyPackerVersion)('packer %s', (version) => {
  test.each(['options.pkr.hcl', 'options.json'] as const)(
    'retries, pauses, leaves out and stops provisioners in TypeScript: %s',
    async (template) => {
      const { exitCode, output, ...left } = await labBuild(version, 'typescript', { template })
      expect(exitCode, output).toBe(1)
      const inOrder = [
        'Pausing 10ms',
        'Run 1 fails',
        'Run 2 fails',
        'patient task ended with 0',
        'after a timeout',
      ]
      expect(output).toMatch(new RegExp(inOrder.join('[^]*')))
      expect(output).toContain('Deleting one')
      // Its command was ended with it, which a provisioner in Go that waits for one does not bring about.
      expect(left).toMatchObject({ files: [], temporary: [], lives: false })
    },
  )
})
