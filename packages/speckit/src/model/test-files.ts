/** Whether a file of that path holds tests: what it calls and offers is about the service, not of it. */
export function isTestFile(file: string): boolean {
  return (
    /(?:^|\/)(?:tests?|__tests__|__mocks__|mocks?|e2e|spec|testing|fixtures|src\/(?:test|it|integrationTest))\//i.test(
      file,
    ) ||
    /[._-](?:test|spec|e2e|e2e-spec|cy)\.[cm]?[jt]sx?$/.test(file) ||
    /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/.test(file) ||
    /_test\.go$/.test(file) ||
    /(?:Test|Tests|IT|TestCase|Spec)\.(?:java|kt)$/.test(file)
  );
}
