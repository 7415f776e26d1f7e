import * as esbuild from 'esbuild';

/** Bundles a program of the bench just as what users run is bundled, so that it runs at the same speed. */
export async function bundle(entry: string, output: string): Promise<void> {
  await esbuild.build({
    entryPoints: [`test/bench/${entry}`],
    outfile: output,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    charset: 'utf8',
    minify: true,
    logLevel: 'error',
  });
}
