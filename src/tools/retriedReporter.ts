import type { Reporter, TestModule } from 'vitest/node';

/**
 * Names at the end what failed once and held when it was done again, with how it failed: a net, not a cure. Whatever is named here has a cause, in the test or, so far
 * always, in what it tests.
 */
export function retriedReporter(say: (words: string) => void = console.error): Reporter {
  return {
    onTestRunEnd(modules) {
      const lines = modules.flatMap(linesOf);
      if (lines.length > 0) say(['', 'Failed once and held when done again:', ...lines, ''].join('\n'));
    },
  };
}

/** Also where the run fails of something else. */
function linesOf(module: TestModule): string[] {
  return [...module.children.allTests()].flatMap((test) => {
    if (test.diagnostic()?.flaky !== true) return [];
    const [error] = test.result().errors ?? [];
    return [
      `  ${module.relativeModuleId} > ${test.fullName}`,
      `    ${error?.stack ?? error?.message ?? 'It says nothing.'}`,
    ];
  });
}
