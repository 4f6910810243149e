namespace AvaConsole.Web.Resources;

/// <summary>What the steps of a draft's history are called. <c>Step_</c> keys are the codes of labels, the others their arguments.</summary>
public sealed class EditText;
