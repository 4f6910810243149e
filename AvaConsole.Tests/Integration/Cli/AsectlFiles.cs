using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Cli;

/// <summary>A folder with descriptions for the verbs to work on.</summary>
public sealed class AsectlFiles : IDisposable
{
    private const string Api = """
        apiVersion: iflytek.com/v1alpha1
        kind: ApiSchema
        metadata:
          name: voice
          group: gas
          projectName: guide
          serviceName: voice
          version: "1.0.0"
          description: Reads a text aloud.
        spec:
          request:
            parameters:
              properties:
                vcn:
                  description: The voice
                  type: string
                  enum: [xiaoyan, yezi]
                speed:
                  description: Words a minute
                  type: integer
                  minimum: 50
                  maximum: 200
              required:
              - vcn
            payload:
              properties:
                text:
                  description: What to read
                  type: text
                  encoding: utf8
              required:
              - text
          response:
            payload:
              properties:
                audio:
                  description: The sound
                  type: audio
                  encoding: lame

        """;

    private readonly TemporaryDirectory _folder = new();

    public AsectlFiles()
    {
        Write("api.yml", Api);
        Write("narrower.yml", Api.Replace("minimum: 50", "minimum: 60", StringComparison.Ordinal));
        Write("refused.yml", Api.Replace("minimum: 50", "minimum: 500", StringComparison.Ordinal));
        Write("misspelt.yml", Api.Replace("    parameters:", "    paramters:", StringComparison.Ordinal));
        Write("broken.yml", "kind: ApiSchema\nmetadata:\n  name: [\n");
        Write("good.json", """{"parameters": {"vcn": "yezi"}, "payload": {"text": {"text": "hello"}}}""");
        Write("bad.json", """{"parameters": {"vcn": "yezi", "speed": 3}, "payload": {"text": {"text": "hello"}}}""");
        Write("wrapper.py", "class UserRequest:\n    a = StringParamField(key='a', maxLength=LIMIT)\nclass Wrapper:\n    serviceId = 'demo'\n    version = '1.0.0'\n");
    }

    public string FullPath => _folder.FullPath;

    public string Combine(string name) => _folder.Combine(name);

    public void Write(string name, string text) => File.WriteAllText(_folder.Combine(name), text);

    public void Dispose() => _folder.Dispose();
}
