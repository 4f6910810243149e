namespace AvaConsole.Core.Images.Recipes;

/// <summary>A custom image's recipe with its versions.</summary>
public sealed class StoredRecipe
{
    public Guid Id { get; set; }

    /// <summary>The image's name; unique. The recommended form is an <c>ImageName</c>'s.</summary>
    public string Name { get; set; } = "";

    /// <summary>Why the name is not of the recommended form; empty where it is.</summary>
    public string NameReason { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>Offered as a beginning for new recipes.</summary>
    public bool IsTemplate { get; set; }

    /// <summary>Number of the newest version; a save names the one it started from.</summary>
    public int Latest { get; set; }

    public string CreatedBy { get; set; } = "";

    public Guid CreatedById { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<StoredRecipeVersion> Versions { get; set; } = [];
}

/// <summary>A recipe as it was saved. Never changed.</summary>
public sealed class StoredRecipeVersion
{
    public Guid Id { get; set; }

    public Guid RecipeId { get; set; }

    public StoredRecipe Recipe { get; set; } = null!;

    /// <summary>From 1.</summary>
    public int Number { get; set; }

    /// <summary>As <see cref="RecipeDocument"/> writes it in JSON.</summary>
    public string Document { get; set; } = "";

    /// <summary>What the person who saved it said about it; may be empty.</summary>
    public string Note { get; set; } = "";

    public string CreatedBy { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A build of a recipe's version by the container engine.</summary>
public sealed class ImageBuild
{
    public Guid Id { get; set; }

    public Guid VersionId { get; set; }

    public StoredRecipeVersion Version { get; set; } = null!;

    public ImageBuildState State { get; set; }

    /// <summary>Reference that the image gets, for example <c>reg.example/vision/ava-keras:py27-cpu</c>.</summary>
    public string Target { get; set; } = "";

    /// <summary>Whether it is pushed after it was built.</summary>
    public bool Push { get; set; }

    /// <summary>What the engine wrote, at most 4 MiB; its middle is left out of a longer one.</summary>
    public string Log { get; set; } = "";

    /// <summary>Of what was pushed; empty otherwise.</summary>
    public string Digest { get; set; } = "";

    /// <summary>Localisation key of a failure; empty otherwise.</summary>
    public string FailureCode { get; set; } = "";

    public string[] FailureArgs { get; set; } = [];

    public string StartedBy { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}

public enum ImageBuildState
{
    Pending,
    Building,
    Pushing,
    Succeeded,
    Failed,
    Cancelled,
}
