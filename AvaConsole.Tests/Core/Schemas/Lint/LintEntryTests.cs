using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Core.Schemas.Lint;

namespace AvaConsole.Tests.Core.Schemas.Lint;

public sealed class LintEntryTests
{
    [Fact]
    public void Of_FindingsAndNotes_PutsErrorsFirst()
    {
        var findings = SchemaLint.Check(new ApiSchema { Service = "digits", Description = "d", Parameters = [new ApiParameter { Name = "x", Type = "integer", Minimum = 2, Maximum = 1 }] });

        var entries = LintEntry.Of(findings, [new SchemaNote("import.key_misspelt", "/spec/request/paramters", 7, "paramters", "parameters")]);

        Assert.Equal(
            ["schema.minimum_above_maximum /parameters/0/minimum", "import.key_misspelt /spec/request/paramters", "schema.response_missing /response", "schema.description_missing /parameters/0/description"],
            entries.Select(entry => $"{entry.Rule} {entry.Pointer}"));
        Assert.Equal([null, 7, null, null], entries.Select(entry => entry.Line));
        Assert.Equal([true, true, false, false], entries.Select(entry => entry.CanFix));
    }
}
