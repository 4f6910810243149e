using System.Text;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Tests.Core.Changes;

public sealed class ChangeContentTests
{
    private static readonly SecretBox s_secrets = new(new byte[32]);

    private static readonly ChangePlanner s_planner = new(null!, s_secrets, TimeProvider.System);

    [Fact]
    public void Build_WritesThatChangeNothing_AreLeftOut()
    {
        var preview = s_planner.Build(ChangeKind.Configuration, [Write("/a", "1", "1"), Write("/b", "1", "2"), Write("/c", null, null), Write("/d", null, "1")]).Value!;

        Assert.Equal(["/b", "/d"], preview.Operations.Select(operation => operation.Key));
        Assert.Equal([7, 0], preview.Operations.Select(operation => operation.ExpectedModRevision));
    }

    [Fact]
    public void Build_NothingChanges_IsRefused() =>
        Assert.Equal("change.nothing_to_change", s_planner.Build(ChangeKind.Configuration, [Write("/a", "1", "1")]).Error?.Code);

    [Fact]
    public void Build_MoreThanATransactionHolds_IsRefused()
    {
        var writes = Enumerable.Range(0, ChangePlanner.MaxOperations + 1).Select(number => Write($"/{number}", null, "1")).ToList();

        Assert.Equal("change.too_large", s_planner.Build(ChangeKind.Configuration, writes).Error?.Code);
        Assert.True(s_planner.Build(ChangeKind.Configuration, writes.Skip(1)).IsSuccess);
    }

    [Fact]
    public void Hash_SameWritesSealedAgain_IsTheSame_AnythingElse_IsNot()
    {
        string Hash(params PlannedWrite[] writes) => s_planner.Build(ChangeKind.Configuration, writes).Value!.ContentHash;

        var hash = Hash(Write("/a", "1", "2"), Write("/b", null, "1"));

        Assert.Equal(hash, Hash(Write("/a", "1", "2"), Write("/b", null, "1")));
        Assert.NotEqual(hash, Hash(Write("/b", null, "1"), Write("/a", "1", "2")));
        Assert.NotEqual(hash, Hash(Write("/a", "1", "3"), Write("/b", null, "1")));
        Assert.NotEqual(hash, Hash(Write("/a", null, "2"), Write("/b", null, "1")));
        Assert.NotEqual(hash, Hash(Write("/a", "1", null), Write("/b", null, "1")));
    }

    [Fact]
    public void Open_ValueMovedToAnotherKey_IsRefused()
    {
        var preview = s_planner.Build(ChangeKind.Configuration, [Write("/a", null, "1")]).Value!;
        var moved = preview.Operations.Select(operation => operation with { Key = "/b" }).ToList();
        var plan = new ChangePlan { Operations = moved, ContentHash = ChangeContent.Hash(moved) };

        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => ChangeContent.Open(plan, s_secrets));
    }

    [Fact]
    public void Display_Secrets_AreMaskedAtAnyDepth()
    {
        var shown = ChangeContent.Display("""{"owner":{"ak":"a","sk":"hush"},"list":[{"SK":"hush"},{"sk":""}],"password":{"x":"hush"}}"""u8.ToArray());

        Assert.DoesNotContain("hush", shown, StringComparison.Ordinal);
        Assert.Contains("\"sk\": \"\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Display_NotJson_IsNotShown() => Assert.Equal("(4 bytes)", ChangeContent.Display("hush"u8.ToArray()));

    private static PlannedWrite Write(string key, string? current, string? value) => new(
        key,
        current is null ? null : new ConfigEntry(key, Encoding.UTF8.GetBytes(current), 3, 7, 2, 0),
        value is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(value));
}
