using AvaConsole.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace AvaConsole.Tests.Architecture;

/// <summary>No container engine runs here, so the files of the team set-up are read and checked instead.</summary>
public sealed class ComposeTests
{
    private readonly YamlMappingNode _root = Read();

    [Theory]
    [InlineData("console", "/data")]
    [InlineData("postgres", "/var/lib/postgresql")]
    [InlineData("etcd", "/etcd-data")]
    public void Service_Data_IsOnANamedVolume(string service, string mount)
    {
        var volume = Assert.Single(Texts(Service(service), "volumes"));

        var (name, path) = (volume.Split(':')[0], volume.Split(':')[1]);
        Assert.Equal(mount, path);
        Assert.Contains(name, Keys(Map(_root, "volumes")));
    }

    [Theory]
    [InlineData("console")]
    [InlineData("postgres")]
    [InlineData("etcd")]
    public void Service_Health_IsChecked(string service) => Assert.NotEmpty(Texts(Map(Service(service), "healthcheck"), "test"));

    [Fact]
    public void Console_Start_WaitsForItsStores()
    {
        var dependencies = Map(Service("console"), "depends_on");

        Assert.Equal(["etcd", "postgres"], Keys(dependencies).Order());
        Assert.All(Keys(dependencies), name => Assert.Equal("service_healthy", Text(Map(dependencies, name), "condition")));
    }

    [Fact]
    public void Console_Settings_NameBothStoresAndTheKey()
    {
        var environment = Map(Service("console"), "environment");

        Assert.StartsWith("Host=postgres;", Text(environment, "ConnectionStrings__Postgres"), StringComparison.Ordinal);
        Assert.Equal("http://etcd:2379", Text(environment, "Etcd__Endpoints"));
        Assert.StartsWith("${MASTER_KEY:?", Text(environment, "Secrets__MasterKey"), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_Values_AreAlwaysAsked()
    {
        var secrets = _root.AllNodes.OfType<YamlMappingNode>().SelectMany(map => map.Children)
            .Where(pair => pair.Key.ToString() is var key && (key.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) || key.Contains("MasterKey", StringComparison.Ordinal)));

        Assert.All(secrets, pair => Assert.Matches(@"^\$\{[A-Z_]+:\?.+\}$", pair.Value.ToString()));
        Assert.Contains("Password=${POSTGRES_PASSWORD:?", Text(Map(Service("console"), "environment"), "ConnectionStrings__Postgres"), StringComparison.Ordinal);
    }

    [Fact]
    public void Stores_Network_IsClosed()
    {
        Assert.Equal("true", Text(Map(Map(_root, "networks"), "stores"), "internal"));
        Assert.All(new[] { "postgres", "etcd" }, name =>
        {
            Assert.Equal(["stores"], Texts(Service(name), "networks"));
            Assert.DoesNotContain("ports", Keys(Service(name)));
        });
        Assert.All(Texts(Service("console"), "ports"), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Fact]
    public void Dockerfile_Console_RunsAsAnOrdinaryUser()
    {
        var lines = File.ReadAllLines(RepositoryRoot.Combine("Dockerfile"));

        var last = Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal));
        Assert.Contains(lines[last..], line => line == "USER avaconsole");
        Assert.Contains(lines[..last], line => line.Contains("nodejs npm", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Example_Variables_AreThoseOfTheCompose()
    {
        var names = File.ReadAllLines(RepositoryRoot.Combine("compose.env.example")).Where(line => line.Contains('=') && line[0] != '#').Select(line => line.Split('=')[0]);
        var used = System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(RepositoryRoot.Combine("docker-compose.yaml")), @"\$\{([A-Z_]+)").Select(match => match.Groups[1].Value).Distinct();

        Assert.Equal(used.Order(), names.Order());
    }

    private static YamlMappingNode Read()
    {
        using var reader = File.OpenText(RepositoryRoot.Combine("docker-compose.yaml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private YamlMappingNode Service(string name) => Map(Map(_root, "services"), name);

    private static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node[key];

    private static string Text(YamlMappingNode node, string key) => node[key].ToString();

    private static IEnumerable<string> Keys(YamlMappingNode node) => node.Children.Keys.Select(key => key.ToString());

    private static IReadOnlyList<string> Texts(YamlMappingNode node, string key) => [.. ((YamlSequenceNode)node[key]).Select(item => item.ToString())];
}
