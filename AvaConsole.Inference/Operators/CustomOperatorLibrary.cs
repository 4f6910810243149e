namespace AvaConsole.Inference.Operators;

/// <summary>A library of operators that an administrator allows. It runs in this process, with all that this process may do.</summary>
public sealed class CustomOperatorLibrary
{
    /// <summary>The domain of its operators, for example <c>com.acme</c>.</summary>
    public string Domain { get; set; } = "";

    /// <summary>Absolute path of a shared library with ONNX Runtime's entry point <c>RegisterCustomOps</c>.</summary>
    public string Library { get; set; } = "";

    /// <summary>Of the library's file, 64 hexadecimal digits; another file of that name is not loaded.</summary>
    public string Sha256 { get; set; } = "";
}
