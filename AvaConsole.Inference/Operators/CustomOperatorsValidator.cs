using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference.Operators;

/// <summary>Says all that is wrong with <c>Inference:CustomOperators</c> when the console starts.</summary>
internal sealed partial class CustomOperatorsValidator : IValidateOptions<InferenceOptions>
{
    public ValidateOptionsResult Validate(string? name, InferenceOptions options)
    {
        var problems = options.CustomOperators.SelectMany((library, index) => Check(library, $"Inference:CustomOperators:{index}")).ToList();
        problems.AddRange(options.CustomOperators.GroupBy(library => library.Domain).Where(group => group.Count() > 1)
            .Select(group => $"Inference:CustomOperators names the domain {group.Key} twice."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Check(CustomOperatorLibrary library, string key)
    {
        if (!DomainForm().IsMatch(library.Domain) || CustomOperators.IsKnown(library.Domain))
        {
            yield return $"{key}:Domain takes a domain of your own, for example com.acme.";
        }

        if (!Path.IsPathFullyQualified(library.Library))
        {
            yield return $"{key}:Library takes the absolute path of a shared library.";
        }

        if (!DigestForm().IsMatch(library.Sha256))
        {
            yield return $"{key}:Sha256 takes the 64 hexadecimal digits that sha256sum prints for the library.";
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex DomainForm();

    [GeneratedRegex("^[0-9A-Fa-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex DigestForm();
}
