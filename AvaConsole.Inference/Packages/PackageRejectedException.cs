using AvaConsole.Core.Common;

namespace AvaConsole.Inference.Packages;

/// <summary>Carries a refusal out of nested reads. Never leaves this folder: the unpacker turns it into an error value.</summary>
internal sealed class PackageRejectedException(string entry, string code, params object?[] args) : Exception(code)
{
    public InvalidError Error { get; } = new(entry, code, args);
}
