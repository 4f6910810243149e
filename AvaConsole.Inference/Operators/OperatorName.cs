namespace AvaConsole.Inference.Operators;

/// <summary>An operator that a model uses.</summary>
/// <param name="Domain">For example <c>com.acme</c>; empty for ONNX's own.</param>
internal readonly record struct OperatorName(string Domain, string Name);
